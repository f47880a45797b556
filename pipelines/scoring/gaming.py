"""Evidence of gaming: what a scheme takes off for it, how much at most, and what an appeal suspends.

Belongs here: the evidence as scoring is given it, and the deductions that a scheme's `gaming` makes of it. Does not
belong here: finding the evidence (dbt_project/models/intermediate/gaming), how a deduction acts on a score (`effects`).

A rule takes its points for every incident, in proportion to the person's part of it, and `cap` at most in a period; all
rules together take `max` at most. An incident under appeal takes nothing off the score, and what it would take off the
pay is held until people have decided: nobody is punished for what is not settled, and nobody has to give money back.
An incident whose appeal was upheld takes nothing at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pipelines.schemes.blocks import Label
from pipelines.schemes.gaming_model import Gaming, GamingRule
from pipelines.schemes.model import Effect
from pipelines.scoring.numbers import ZERO, plain
from pipelines.texts import text

#: What an appeal has made of an incident.
STANDING, SUSPENDED, DROPPED = "standing", "suspended", "dropped"
STATES = (STANDING, SUSPENDED, DROPPED)


@dataclass(frozen=True, slots=True)
class IncidentInput:
    """One incident that looks like gaming, as far as one person answers for it.

    Attributes:
        incident_id: its name, the same in every run.
        rule: what it is, such as zombie_group.
        share: the person's part of it, above 0 and at most 1.
        subject: the group, account, customer or member of staff that it is about; empty where the person is meant.
        value: what was measured.
        threshold: the company's bound.
        expected: what is usual.
        n: the count behind the value.
        happened_from: first day of the window.
        happened_to: last day of the window.
        state: standing, suspended (an open appeal) or dropped (an upheld one).
    """

    incident_id: str
    rule: str
    share: Decimal
    subject: str
    value: Decimal
    threshold: Decimal
    expected: Decimal
    n: int
    happened_from: date
    happened_to: date
    state: str = STANDING

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise ValueError(f"{self.incident_id}: unknown state {self.state!r}")
        if not 0 < self.share <= 1:
            raise ValueError(f"{self.incident_id}: a part of {self.share}")

    def to_dict(self) -> dict[str, Any]:
        """Return the incident for the trace."""
        return {
            "expected": plain(self.expected),
            "from": self.happened_from.isoformat(),
            "incident_id": self.incident_id,
            "n": self.n,
            "share": plain(self.share),
            "state": self.state,
            "subject": self.subject,
            "threshold": plain(self.threshold),
            "to": self.happened_to.isoformat(),
            "value": plain(self.value),
        }


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a scheme leaves out of one reading as evidence of gaming.

    Attributes:
        raw: the value with all records.
        records: how many are left out.
        incidents: the incidents that they belong to.
        waiting_records: records under appeal, which still count.
        waiting_incidents: the incidents under appeal.
        if_rejected: the value without those too; None where none waits, or nothing that could be measured is left.
    """

    raw: Decimal
    records: int
    incidents: tuple[str, ...]
    waiting_records: int = 0
    waiting_incidents: tuple[str, ...] = ()
    if_rejected: Decimal | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it for the trace."""
        return {
            "if_rejected": plain(self.if_rejected),
            "incidents": list(self.incidents),
            "raw": plain(self.raw),
            "records": self.records,
            "waiting_incidents": list(self.waiting_incidents),
            "waiting_records": self.waiting_records,
        }


class Deduction(Effect):
    """What one rule of a scheme's `gaming` takes off the total score: `amount` points.

    `id` is the rule, `points` what one whole incident takes, `cap` the most of the rule and `max` of all rules.
    """

    id: str
    title: Label
    req: str
    points: Decimal
    cap: Decimal
    max: Decimal
    effect: Literal["deduct"] = "deduct"
    scope: Literal["total"] = "total"
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Taken:
    """A deduction with the incidents that it is made for; `is_suspended` when an appeal about them is open."""

    rule: Deduction
    incidents: tuple[IncidentInput, ...]
    is_suspended: bool


def deductions(gaming: Gaming | None, incidents: Sequence[IncidentInput]) -> list[Taken]:
    """Return what a scheme takes off for a person's incidents, rule by rule in the scheme's order.

    A rule has up to two of them: of what stands (with what was dropped, which takes nothing), and of what is suspended,
    the latter being what the rule would take more if every open appeal were rejected.

    Args:
        gaming: of the scheme; None takes nothing.
        incidents: of the person in the period, in any order: it changes nothing.
    """
    if gaming is None:
        return []
    own = {name: rule for name, rule in gaming.rules.items() if rule.effect == "deduct"}
    by_rule = {
        name: sorted((one for one in incidents if one.rule == name), key=lambda one: one.incident_id) for name in own
    }
    standing = _within(gaming.max, {name: _due(rule, by_rule[name], (STANDING,)) for name, rule in own.items()})
    all_due = {name: _due(rule, by_rule[name], (STANDING, SUSPENDED)) for name, rule in own.items()}
    left = gaming.max - sum(standing.values(), ZERO)
    waiting = _within(left, {name: all_due[name] - standing[name] for name in own})
    found = []
    for name, rule in own.items():
        settled = tuple(one for one in by_rule[name] if one.state != SUSPENDED)
        open_ones = tuple(one for one in by_rule[name] if one.state == SUSPENDED)
        if settled:
            found.append(Taken(_deduction(gaming, name, rule, standing[name]), settled, is_suspended=False))
        if open_ones:
            found.append(Taken(_deduction(gaming, name, rule, waiting[name]), open_ones, is_suspended=True))
    return found


def _due(rule: GamingRule, incidents: Iterable[IncidentInput], states: tuple[str, ...]) -> Decimal:
    parts = sum((one.share for one in incidents if one.state in states), ZERO)
    return min(rule.cap or ZERO, parts * (rule.points or ZERO))


def _within(most: Decimal, due: dict[str, Decimal]) -> dict[str, Decimal]:
    """What of each amount is left when all together may be no more than `most`, the first first."""
    found = {}
    for name, amount in due.items():
        found[name] = min(amount, most)
        most -= found[name]
    return found


def _deduction(gaming: Gaming, name: str, rule: GamingRule, amount: Decimal) -> Deduction:
    title = Label(zh=text(f"gaming.rule.{name}", "zh"), en=text(f"gaming.rule.{name}", "en"))
    return Deduction(
        id=name,
        title=title,
        req=gaming.req,
        points=rule.points or ZERO,
        cap=rule.cap or ZERO,
        max=gaming.max,
        amount=amount,
    )
