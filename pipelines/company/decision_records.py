"""The rows of the decision files as typed, frozen models: what people grant, award, calibrate and settle.

Belongs here: one model a file of decisions that every run applies, and what one row alone can violate. Does not belong
here: adjustments and overrides (`company.records`), reviews that feed KPIs (`company.review_records`), rules over
several rows (`company.decision_rules`), what a decision does (`pipelines.scoring.decisions`).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from pipelines.company.fields import (
    Day,
    Identifier,
    OptionalIdentifier,
    OptionalText,
    PeriodField,
    Text,
    choice,
    ranged,
    wrong,
)
from pipelines.company.records import Record

#: What became of an appeal; `open` is the one without a decision.
OUTCOMES = ("open", "upheld", "partly_upheld", "rejected", "withdrawn")
_UNDECIDED = ("open", "withdrawn")
_HUNDREDTH = Decimal("0.01")
#: As cards and fct_gaming_incidents write it: rule, month, eight digits.
_INCIDENT = re.compile(r"[a-z]+(?:_[a-z]+)*-\d{4}-\d{2}-[0-9a-f]{8}")

Score = Annotated[Decimal, ranged("0", "1000")]


class DecisionRecord(Record):
    """A decision about one person in one period. `decided_by_column` names who decided, which is somebody else."""

    decided_by_column: ClassVar[str] = "approved_by"
    hundredths: ClassVar[tuple[str, ...]] = ()

    period: PeriodField
    person_id: Identifier

    @property
    def decider(self) -> str:
        """The person who decided; empty while nobody has."""
        return str(getattr(self, self.decided_by_column))

    @model_validator(mode="after")
    def _somebody_else_decides(self) -> Self:
        if self.decider == self.person_id:
            raise wrong("approves_oneself", column=self.decided_by_column, value=self.decider)
        return self

    @model_validator(mode="after")
    def _numbers_as_printed(self) -> Self:
        for column in self.hundredths:
            number: Decimal = getattr(self, column)
            if number != number.quantize(_HUNDREDTH):
                raise wrong("finer_than_printed", column=column, value=number)
        return self


class BonusPointNomination(DecisionRecord):
    """Points on top of a person's score for what no KPI counts: reviews/bonus_point_nominations.csv."""

    hundredths = ("points",)

    points: Annotated[Decimal, ranged("0.01", "100")]
    reason: Text
    nominated_by: Identifier
    approved_by: Identifier


class AwardApproval(DecisionRecord):
    """An award in the company's currency, paid beside the bonus: reviews/award_approvals.csv."""

    key = ("period", "person_id", "award")

    award: Text
    amount: Annotated[Decimal, ranged("0.01", "999999999999")]
    reason: Text
    approved_by: Identifier

    @model_validator(mode="after")
    def _amount_is_money(self) -> Self:
        if self.amount != self.amount.quantize(_HUNDREDTH):
            raise wrong("finer_than_a_cent", column="amount", value=self.amount)
        return self


class CalibrationDecision(DecisionRecord):
    """The score that a calibration meeting saw and the one it decided: reviews/calibration_decisions.csv."""

    key = ("period", "person_id")
    decided_by_column = "decided_by"
    hundredths = ("seen", "decided")

    seen: Score
    decided: Score
    reason: Text
    decided_by: Identifier
    meeting: OptionalText = ""


class Appeal(DecisionRecord):
    """An objection to a card, to one KPI or one incident of it, and its outcome: reviews/appeals.csv."""

    key = ("period", "person_id", "kpi_id", "incident", "filed_on")
    decided_by_column = "decided_by"

    kpi_id: OptionalIdentifier = ""
    what: Text
    filed_on: Day
    outcome: Annotated[str, choice(*OUTCOMES)]
    decided_by: OptionalIdentifier = ""
    reason: OptionalText = ""
    incident: OptionalText = ""

    @model_validator(mode="after")
    def _about_one_thing(self) -> Self:
        if self.incident and self.kpi_id:
            raise wrong("appeal_about_two", column="incident", value=self.incident)
        if self.incident and not _INCIDENT.fullmatch(self.incident):
            raise wrong("no_incident_name", column="incident", value=self.incident)
        return self

    @model_validator(mode="after")
    def _outcome_has_its_decision(self) -> Self:
        if self.outcome == "open" and self.decided_by:
            raise wrong("open_with_decision", column="decided_by", value=self.decided_by)
        for column in ("decided_by", "reason") if self.outcome not in _UNDECIDED else ():
            if not getattr(self, column):
                raise wrong("outcome_without_decision", column=column, value="", outcome=self.outcome)
        return self

    @model_validator(mode="after")
    def _filed_after_it_began(self) -> Self:
        if self.filed_on < self.period.start:
            raise wrong("filed_too_early", column="filed_on", value=self.filed_on, period=self.period)
        return self
