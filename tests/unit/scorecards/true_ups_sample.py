"""A company under scheme 002 with a true-up: its sealed months, and the quarter that settles them.

E001 is paid more by the quarter, E002 was paid too much and changed level in August, E003 waits for a month's seal, of
E005 data is withheld.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from cards_sample import Case
from schemes_sample import WHY, community, part, withheld

from pipelines.periods import Month, Quarter, parse_period
from pipelines.schemes import Scheme, load_scheme
from pipelines.schemes.model import TrueUp
from pipelines.scorecards import build_draft, seal
from pipelines.scorecards.bundle import Inputs
from pipelines.scorecards.drafts import Built
from pipelines.scoring import KpiReading, PaidInput, PaidMonth, PeriodResult, SegmentInput, score_period

D = Decimal
QUARTER = Quarter(2026, 3)


def scheme(negative: str = "offset") -> Scheme:
    """Scheme 002, settled by the quarter."""
    rule = TrueUp.model_validate({"req": "001-R2", "of": "quarter", "negative": negative, "why": WHY})
    return load_scheme("002").model_copy(update={"true_up": rule})


def month_result(month: Month, bonus: str = "3000") -> PeriodResult:
    """A month of E001 and E002, nobody else."""
    given = [
        replace(part(who, "content", "L2", community(), month, "002"), bonus_base=D(bonus)) for who in ("E001", "E002")
    ]
    return score_period(month, "CNY", {"002": scheme()}, given)


def _whole(person: str, start: str = "2025-01-01", level: str = "L2", **changed: KpiReading) -> SegmentInput:
    readings = community(**changed)
    given = part(person, "content", level, readings, QUARTER, "002", start=start)
    days = tuple((month.overlap_days(given.valid_from, given.valid_to), month.days) for month in QUARTER.months)
    return replace(given, month_days=days)


def _paid(person: str, *amounts: str | None) -> PaidInput:
    months = zip(QUARTER.months, amounts, strict=True)
    return PaidInput(
        person, "002",
        tuple(PaidMonth(str(month), None if one is None else D(one), "r1" if one else "") for month, one in months),
    )  # fmt: skip


def quarter_result(negative: str = "offset") -> PeriodResult:
    """The third quarter of everybody."""
    before = replace(_whole("E002"), valid_to=QUARTER.months[1].start, eligible_days=31)
    given = [
        _whole("E001"),
        replace(before, month_days=((31, 31), (0, 31), (0, 30))),
        _whole("E002", start="2026-08-01", level="L4"),
        _whole("E003"),
        _whole("E005", active_members=withheld("active_members")),
    ]
    paid = [
        _paid("E001", "900.10", "1000.20", "1100.30"),
        _paid("E002", "2100.00", "2100.00", "2100.00"),
        _paid("E003", "2000.00", None, "2000.00"),
        _paid("E005", "1000.00", "1000.00", "1000.00"),
    ]
    if negative == "carry":
        paid[0] = replace(paid[0], balance=D("-50.25"), balance_of="2026-Q2")
    return score_period(QUARTER, "CNY", {"002": scheme(negative)}, given, paid=paid)


def draft(home: Path, period: Month | Quarter, result: PeriodResult, catalogue: dict[str, dict[str, str]]) -> Built:
    """Write the draft of a period."""
    case = Case()
    return build_draft(
        home, case.company, str(period), result.people, result.pools, {}, {}, Inputs(case.inputs, case.inputs),
        case.versions, catalogue=catalogue,
    )  # fmt: skip


def sealed(home: Path, month: str, bonus: str, catalogue: dict[str, dict[str, str]]) -> None:
    """Seal a month, or a further revision of it."""
    period = parse_period(month)
    assert isinstance(period, Month)
    draft(home, period, month_result(period, bonus), catalogue)
    seal(home, Case().company, month, "E009")
