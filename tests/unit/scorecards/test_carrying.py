"""What a period carries from the last whole quarter or year, and whose."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from schemes_sample import carrying

from pipelines.company.leave import Leaves
from pipelines.company.segments import Segment
from pipelines.periods import Period, parse_period
from pipelines.schemes import load_scheme
from pipelines.scorecards import agreed
from pipelines.scorecards import carrying as room
from pipelines.scoring import KpiReading, TargetInput

D = Decimal


@pytest.mark.parametrize(
    ("kind", "period", "expected"),
    [
        ("quarter", "2026-07", "2026-Q2"),
        ("quarter", "2026-09", "2026-Q3"),
        ("quarter", "2026-10", "2026-Q3"),
        ("quarter", "2026-01", "2025-Q4"),
        ("year", "2026-11", "2025"),
        ("year", "2026-12", "2026"),
        ("year", "2026-Q3", "2025"),
        ("year", "2026-Q4", "2026"),
    ],
)
def test_the_last_whole_one_ended_before_the_period_or_ends_with_it(kind: str, period: str, expected: str) -> None:
    assert str(room.last_whole(kind, parse_period(period))) == expected


def test_only_a_scheme_that_carries_carries_and_only_into_shorter_periods() -> None:
    assert room.carried_kinds(carrying(), parse_period("2026-10")) == ["quarter", "year"]
    assert room.carried_kinds(carrying(), parse_period("2026-Q3")) == ["year"]
    assert room.carried_kinds(carrying(), parse_period("2026")) == []
    assert room.carried_kinds(load_scheme("001"), parse_period("2026-10")) == []


def span(start: str, end: str = "", role: str = "growth", level: str = "L2", person: str = "a") -> Segment:
    until = date.fromisoformat(end) if end else None
    return Segment(person, start, date.fromisoformat(start), until, role, level, "t", "001", D(1000))


def carried(segment: Segment, everybody: list[Segment], built: bool = True) -> Any:
    quarter = parse_period("2026-Q3")
    readings = {
        (one.person_id, one.segment_id): {"community_sales": KpiReading("community_sales", D(number))}
        for number, one in enumerate(everybody, start=1)
    }

    def target_of(of: Segment, kpi_id: str, period: Period) -> TargetInput | None:
        return TargetInput(D(5), source=f"{of.segment_id} {kpi_id} {period}") if kpi_id == "community_sales" else None

    known = {quarter: readings} if built else {}
    return room.carried_of(segment, everybody, carrying(), parse_period("2026-10"), known, target_of, Leaves(()))


def test_a_segment_carries_its_own_quarter_with_its_days_and_target() -> None:
    own = span("2026-08-01")
    found = carried(own, [own])["community_sales"]
    assert found.reading is not None and found.target is not None
    assert (found.period, found.reading.value, found.months) == ("2026-Q3", 1, 3)
    assert (found.eligible_days, found.period_days) == (61, 92)
    assert found.target.source == "2026-08-01 community_sales 2026-Q3"
    # a KPI that the warehouse does not mention is not "none yet": it is withheld
    assert carried(own, [own])["member_retention_60"].reading is None


def test_who_is_promoted_keeps_the_quarter_who_changes_role_or_is_new_has_none() -> None:
    before = span("2026-01-01", "2026-10-11")
    promoted = span("2026-10-11", level="M1")
    assert carried(promoted, [before, promoted])["community_sales"].reading.value == 1
    other = span("2026-01-01", "2026-10-11", role="content")
    assert carried(promoted, [other, promoted]) == {}
    assert carried(promoted, [span("2026-01-01", person="b"), promoted]) == {}
    # a later segment of the quarter's own is not looked ahead to
    early, late = span("2026-07-01", "2026-08-15"), span("2026-08-15", level="L3")
    assert carried(early, [early, late])["community_sales"].reading.value == 1
    assert carried(late, [early, late])["community_sales"].reading.value == 2


def test_a_quarter_that_is_not_built_is_none_yet() -> None:
    own = span("2026-01-01")
    assert carried(own, [own], built=False) == {}


def test_the_months_to_build_lie_inside_the_company(monkeypatch: pytest.MonkeyPatch) -> None:
    company: Any = SimpleNamespace(home=None, segments=lambda: [span("2026-01-01")])
    shelf: Any = SimpleNamespace(in_force=lambda scheme_id, day: carrying())
    first = SimpleNamespace(first_month=parse_period("2026-01"))
    monkeypatch.setattr(room, "company_extent", lambda home: first)
    october = parse_period("2026-10")
    schemes = room.bound_schemes(company, october, shelf).values()
    assert [str(one) for one in room.carried_periods(company, october, schemes)] == ["2026-Q3"]
    months = room.carried_months(company, october, schemes)
    assert [str(month) for month in months] == ["2026-07", "2026-08", "2026-09"]
    first.first_month = parse_period("2025-01")
    assert [str(one) for one in room.carried_periods(company, october, schemes)] == ["2025", "2026-Q3"]
    before = parse_period("2025-10")
    nobody = room.bound_schemes(company, before, shelf).values()
    assert room.carried_periods(company, before, nobody) == []


def test_a_default_for_a_quarter_adds_its_third_to_a_month_without_a_row() -> None:
    rule = load_scheme("001").kpis["user_interviews"]
    by_month = agreed.monthly_default(rule)
    assert by_month is not None and by_month.target == 8
