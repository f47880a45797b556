"""The rows of the files that lists read, as typed, frozen models: actions, wishes, incentives of members, approvals.

Belongs here: one model a file that no score is made from, and what one row alone can violate. The cost of an incentive
is the one number of them that a KPI reads (`company.incentives`). Does not belong here: reviews that feed KPIs
(`company.review_records`), decisions about pay (`company.decision_records`), rules over several rows
(`company.list_rules`).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import model_validator

from pipelines.company.fields import (
    Day,
    ForeignId,
    Identifier,
    OptionalDay,
    OptionalIdentifier,
    OptionalText,
    Text,
    choice,
    optional_ranged,
    wrong,
)
from pipelines.company.records import DatedRecord, Record

#: Kinds of key actions; the first two are those that scheme 001 names.
ACTIVITY_KINDS = (
    "event_planning",
    "user_interview",
    "coaching",
    "content_planning",
    "member_care",
    "data_review",
    "training",
    "other",
)
#: Kinds of rewards that somebody may wish for.
WISHES = (
    "public_praise",
    "private_thanks",
    "training",
    "conference",
    "bigger_project",
    "rotation",
    "autonomy",
    "flexible_hours",
    "days_off",
    "team_event",
    "gift",
    "other",
)
#: The five mechanisms of scheme 002.
MECHANISMS = ("rewards", "status", "interaction", "content", "social")
INCENTIVE_SCOPES = ("company", "community", "group", "account")


class Activity(Record):
    """One key action of a person on a day: reviews/activity_log.csv."""

    key = ("done_on", "person_id", "kind", "what")

    done_on: Day
    person_id: Identifier
    kind: Annotated[str, choice(*ACTIVITY_KINDS)]
    what: Text
    with_whom: OptionalText = ""
    proof: OptionalText = ""


class Preference(DatedRecord):
    """What reward a person wishes for, from when to when, said freely by the person: people/preferences.csv."""

    person_id: Identifier
    wish: Annotated[str, choice(*WISHES)]
    note: OptionalText = ""
    valid_from: Day
    valid_to: OptionalDay = None

    @model_validator(mode="after")
    def _other_is_said(self) -> Self:
        if self.wish == "other" and not self.note:
            raise wrong("wish_not_said", column="note", value="")
        return self


class MemberIncentive(DatedRecord):
    """An incentive that was given to members or users: reviews/member_incentives.csv.

    `cost` is that of the whole window in the company's currency; empty where none is known.
    """

    key = ("incentive_id",)

    incentive_id: Identifier
    mechanism: Annotated[str, choice(*MECHANISMS)]
    what: Text
    scope: Annotated[str, choice(*INCENTIVE_SCOPES)]
    scope_id: OptionalText = ""
    valid_from: Day
    valid_to: OptionalDay = None
    cost: Annotated[Decimal | None, optional_ranged("0", "999999999999")] = None
    approved_by: OptionalIdentifier = ""

    @model_validator(mode="after")
    def _row_is_whole(self) -> Self:
        if self.scope == "company" and self.scope_id:
            raise wrong("incentive_scope_has_id", column="scope_id", value=self.scope_id)
        if self.scope != "company" and not self.scope_id:
            raise wrong("scope_id_empty", column="scope_id", value="", scope=self.scope)
        if self.cost is None:
            return self
        if self.cost != self.cost.quantize(Decimal("0.01")):
            raise wrong("finer_than_a_cent", column="cost", value=self.cost)
        if self.valid_to is None:
            raise wrong("cost_without_end", column="valid_to", value="")
        if not self.approved_by:
            raise wrong("cost_without_approval", column="approved_by", value="")
        return self


class SchemeApproval(Record):
    """A department's approval of a version of a scheme: people/scheme_approvals.csv."""

    key = ("scheme_id", "version", "team_id")

    scheme_id: Identifier
    version: ForeignId
    team_id: Identifier
    approved_by: Identifier
    approved_on: Day
