"""Who is credited with an event, in plain Python: the order of sources.md section 4, written a second time.

Belongs here: the resolver that the truth uses. It shares no code with the pipeline: both can be wrong only apart.
Does not belong here: KPI arithmetic (`truth`).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Protocol

from pipelines.demo.events import Event, Incident, Lead, Order, Post, Survey, Ticket, WebDay, local
from pipelines.demo.roster import COMMUNITY_GROUPS, HAND_OVER_ON, Roster

UNASSIGNED = "UNASSIGNED"
WHOLE = Decimal(1)
Credit = list[tuple[str, Decimal]]
NOBODY: Credit = [(UNASSIGNED, WHOLE)]


def _norm(external_id: str) -> str:
    return " ".join(external_id.split()).casefold()


class Touches(Protocol):
    """Which touch led to what, and who owned a customer as a lead."""

    def last(self, email: str, at: dt.datetime) -> tuple[str, str, str, str] | None:
        """The tags of the last touch that counts."""

    def owner(self, order: Order) -> str:
        """The login of the CRM's owner of the customer."""

    def earlier(self, lead: Lead) -> bool:
        """Whether the form was sent before."""


class Resolver:
    """Finds the credited people of each kind of event.

    Args:
        roster: the effective-dated facts.
        overrides: (record type, record id) -> [(person, share in per cent)], approved by a person.
        senders: post id -> who sent it, by login in the publishing tool.
        attribution: which touch led to a lead or an order.
    """

    def __init__(
        self,
        roster: Roster,
        overrides: dict[tuple[str, str], list[tuple[str, int]]],
        attribution: Touches,
        senders: dict[int, str] | None = None,
    ) -> None:
        self._roster = roster
        self.attribution = attribution
        self._overrides = overrides
        self._senders = senders or {}
        self._people = {person.person_id: person for person in roster.people}

    def post(self, post: Post) -> Credit:
        """Override, then the author in the content log, the sender in the tool, the signature, the account."""
        override = self._overrides.get(("post", str(post.post_id)))
        if override:
            return [(person_id, Decimal(share) / 100) for person_id, share in override]
        day = local(post.created_at).date()
        sender = self._senders.get(post.post_id, "")
        claims = (("cms", post.author or ""), ("x_tool", sender), ("x_signature", post.signature))
        for system, external_id in claims:
            person_id = self._actor(system, external_id, day)
            if person_id:
                return [(person_id, WHOLE)]
        return self._responsible("account", post.account_id, day, local(post.created_at))

    def account_day(self, account_id: str, day: dt.date) -> Credit:
        """Whoever the account is assigned to on the day, by share."""
        return self._responsible("account", account_id, day, None)

    def author(self, name: str, account_id: str, at: dt.datetime) -> Credit:
        """An author in the CMS, else whoever the account is assigned to."""
        person_id = self._actor("cms", name, local(at).date())
        if person_id:
            return [(person_id, WHOLE)]
        return self._responsible("account", account_id, local(at).date(), local(at))

    def collector(self, login: str, at: dt.datetime, campaign: str) -> Credit:
        """Who collected an item of user content, else whoever the campaign is assigned to."""
        person_id = self._actor("crm", login, local(at).date())
        return [(person_id, WHOLE)] if person_id else self.campaign(campaign, local(at).date())

    def order(self, order: Order) -> Credit:
        """The promo code's owner on the local day, then the last touch's, the till staff, the customer's CRM owner."""
        moment = local(order.created_at)
        credit = self._responsible("promo_code", order.discount_code, moment.date(), moment)
        if credit == NOBODY:
            credit = self._touched(self.attribution.last(order.email, order.created_at), moment)
        if credit != NOBODY:
            return credit
        for system, external_id in (("pos", order.employee), ("crm", self.attribution.owner(order))):
            person_id = self._actor(system, external_id, moment.date())
            if person_id:
                return [(person_id, WHOLE)]
        return NOBODY

    def campaign(self, campaign: str, day: dt.date) -> Credit:
        """Whoever holds a campaign on the day."""
        return self._responsible("campaign", campaign, day, None)

    def login(self, login: str, at: dt.datetime) -> Credit:
        """The person behind a login of the CRM at the time."""
        return [(self._actor("crm", login, local(at).date()) or UNASSIGNED, WHOLE)]

    def _touched(self, touch: tuple[str, str, str, str] | None, moment: dt.datetime) -> Credit:
        """The owner of a touch's content code, then of its campaign."""
        for subject_type, code in (("utm_code", touch[3]), ("campaign", touch[2])) if touch else ():
            credit = self._responsible(subject_type, code, moment.date(), moment)
            if credit != NOBODY:
                return credit
        return NOBODY

    def holders(self, subject_type: str, subject_id: str, moment: dt.datetime) -> Credit:
        """Whoever holds a subject at a local moment: on duty, else by share."""
        return self._responsible(subject_type, subject_id, moment.date(), moment)

    def holders_on(self, subject_type: str, subject_id: str, day: dt.date) -> Credit:
        """Whoever a subject is assigned to on a day, by share."""
        return self._responsible(subject_type, subject_id, day, None)

    def deal(self, owner: str, day: dt.date) -> Credit:
        """The owner at close."""
        person_id = self._actor("hubspot", owner, day)
        return [(person_id or UNASSIGNED, WHOLE)]

    def ticket(self, ticket: Ticket, external_id: str, at: dt.datetime) -> Credit:
        """The acting agent at the time, then whoever is on duty for the inbox, then whoever owns it."""
        system = {"inbox_shop": "zendesk", "inbox_chat": "chatwoot"}.get(ticket.account_id, "tickets")
        person_id = self._actor(system, external_id, local(at).date())
        if person_id:
            return [(person_id, WHOLE)]
        return self._responsible("inbox", ticket.account_id, local(at).date(), local(at))

    def lead(self, lead: Lead) -> Credit:
        """The owner of its UTM content code, then of the last touch's code or campaign, then the owner in the CRM."""
        moment = local(lead.created_at)
        credit = self._responsible("utm_code", lead.utm[3], moment.date(), moment)
        if credit == NOBODY:
            credit = self._touched(self.attribution.last(lead.email, lead.created_at), moment)
        if credit != NOBODY:
            return credit
        person_id = self._actor("crm", lead.owner, moment.date())
        return [(person_id, WHOLE)] if person_id else NOBODY

    def web_day(self, web: WebDay) -> Credit:
        """The owner of the UTM content code on the day."""
        return self._responsible("utm_code", web.utm[3], web.day, None)

    def incident(self, incident: Incident) -> Credit:
        """The responsible person of the register, then whoever the account is assigned to."""
        day = local(incident.occurred_at).date()
        person_id = self._actor("crm", incident.responsible, day)
        if person_id:
            return [(person_id, WHOLE)]
        return self._responsible("account", incident.account_id, day, local(incident.occurred_at))

    def wecom_owner(self, group_id: str, day: dt.date) -> str:
        """The userid of the owner that WeCom shows: P004 has everything until the hand-over, then P005 has group 3."""
        return "wx_p005" if group_id == "wrg03" and day >= HAND_OVER_ON else "wx_p004"

    def group_day(self, group_id: str, day: dt.date) -> Credit:
        """Whoever the group was given to, then its owner in WeCom, then whoever answers for its community."""
        credit = self._responsible("group", group_id, day, None)
        if credit != NOBODY:
            return credit
        if group_id == "wrg03":  # the only one of these that has a sheet to name the owner
            return self.wecom(self.wecom_owner(group_id, day), day)
        community = next(community for group, community, _, _ in COMMUNITY_GROUPS if group == group_id)
        return self.community(community, day)

    def community(self, community_id: str, day: dt.date) -> Credit:
        """Whoever answers for the community on the day."""
        return self._responsible("community", community_id, day, None)

    def wecom(self, userid: str, day: dt.date) -> Credit:
        """Whoever has the login on the day."""
        person_id = self._actor("wecom", userid, day)
        return [(person_id, WHOLE)] if person_id else NOBODY

    def answer(self, userid: str, community_id: str, day: dt.date) -> Credit:
        """Whoever answered, then whoever answers for the community."""
        credit = self.wecom(userid, day)
        return credit if credit != NOBODY else self.community(community_id, day)

    def event(self, event: Event, moment: dt.datetime) -> Credit:
        """The organiser of the register at the event, if still employed at the moment that counts, then the group."""
        person_id = self._actor("crm", event.organiser, local(event.starts_at).date())
        day = local(moment).date()
        if person_id and self._people[person_id].employed(day):
            return [(person_id, WHOLE)]
        return self._responsible("group", event.group_id, day, None)

    def survey(self, survey: Survey) -> Credit:
        """The agent whom the survey names."""
        person_id = self._actor("surveys", survey.agent, local(survey.sent_at).date())
        return [(person_id or UNASSIGNED, WHOLE)]

    def _actor(self, system: str, external_id: str, day: dt.date) -> str:
        if not external_id:
            return ""
        for identity in self._roster.identities:
            if (
                identity.system == system
                and _norm(identity.external_id) == _norm(external_id)
                and identity.valid_from <= day
                and (identity.valid_to is None or day < identity.valid_to)
                and self._people[identity.person_id].employed(day)
            ):
                return identity.person_id
        return ""

    def _responsible(self, subject_type: str, subject_id: str, day: dt.date, moment: dt.datetime | None) -> Credit:
        if moment is not None:
            naive = moment.replace(tzinfo=None)
            for shift in self._roster.shifts:
                if (shift.subject_type, shift.subject_id) == (subject_type, subject_id) and (
                    shift.starts_at <= naive < shift.ends_at
                ):
                    return [(shift.person_id, WHOLE)]
        credit: Credit = []
        rest = WHOLE
        for assignment in self._roster.assignments:
            if (
                (assignment.subject_type, assignment.subject_id) == (subject_type, subject_id)
                and assignment.valid_from <= day
                and (assignment.valid_to is None or day < assignment.valid_to)
                and self._people[assignment.person_id].employed(day)
            ):
                share = Decimal(assignment.share) / 100
                credit.append((assignment.person_id, share))
                rest -= share
        if rest:
            credit.append((UNASSIGNED, rest))
        return credit
