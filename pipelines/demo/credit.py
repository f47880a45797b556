"""Who is credited with an event, in plain Python: the order of sources.md section 4, written a second time.

Belongs here: the resolver that the truth uses. It shares no code with the pipeline: both can be wrong only apart.
Does not belong here: KPI arithmetic (`truth`).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from pipelines.demo.events import Event, Incident, Lead, Order, Post, Survey, Ticket, WebDay, local
from pipelines.demo.roster import Roster

UNASSIGNED = "UNASSIGNED"
WHOLE = Decimal(1)
Credit = list[tuple[str, Decimal]]
NOBODY: Credit = [(UNASSIGNED, WHOLE)]


def _norm(external_id: str) -> str:
    return " ".join(external_id.split()).casefold()


class Resolver:
    """Finds the credited people of each kind of event.

    Args:
        roster: the effective-dated facts.
        overrides: (record type, record id) -> [(person, share in per cent)], approved by a person.
    """

    def __init__(self, roster: Roster, overrides: dict[tuple[str, str], list[tuple[str, int]]]) -> None:
        self._roster = roster
        self._overrides = overrides
        self._people = {person.person_id: person for person in roster.people}

    def post(self, post: Post) -> Credit:
        """Override, then the author in the content log, then the signature, then the account."""
        override = self._overrides.get(("post", str(post.post_id)))
        if override:
            return [(person_id, Decimal(share) / 100) for person_id, share in override]
        day = local(post.created_at).date()
        for system, external_id in (("cms", post.author or ""), ("x_signature", post.signature)):
            person_id = self._actor(system, external_id, day)
            if person_id:
                return [(person_id, WHOLE)]
        return self._responsible("account", post.account_id, day, local(post.created_at))

    def account_day(self, account_id: str, day: dt.date) -> Credit:
        """Whoever the account is assigned to on the day, by share."""
        return self._responsible("account", account_id, day, None)

    def order(self, order: Order) -> Credit:
        """The owner of the promo code on the local day of the order, then the till staff."""
        moment = local(order.created_at)
        credit = self._responsible("promo_code", order.discount_code, moment.date(), moment)
        if credit != NOBODY:
            return credit
        person_id = self._actor("pos", order.employee, moment.date())
        return [(person_id, WHOLE)] if person_id else NOBODY

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
        """The owner of the UTM content code, then the owner in the CRM."""
        moment = local(lead.created_at)
        credit = self._responsible("utm_code", lead.utm[3], moment.date(), moment)
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
