"""Every report of every kind of period: its columns, its words, its order, and what it needs of earlier periods."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports_sample import company, crowd, facts, line, listed_rows, person, platform_event, shock
from test_pilot_and_appeals import beside

import pipelines.reports as room
from pipelines.company.decision_records import Appeal
from pipelines.periods import Month, parse_period
from pipelines.reports.catalogue import needed_periods, reports_of
from pipelines.reports.facts import Channel, FollowerCount, SubjectMonth
from pipelines.reports.simulation import Outcome, simulation_reports
from pipelines.reports.table import COLUMNS, NUMERIC_KINDS, Remark, Report, change_percent, in_order, percent_of
from pipelines.texts import catalogue, has_text, placeholders

SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path(room.__file__).parent.glob("*.py")))
PERIODS = ("2026-10", "2026-Q3", "2026")


EVENT = platform_event(happened_from="2026-01-05")


def touched(index: int) -> dict[str, Any]:
    """An event alone, or every outcome of peer control in turn."""
    states = ("applied", "too_few", "target_not_positive", "quiet", "noted")
    return shock(states[index % len(states)], EVENT)


def sample(period: str, order: list[int] | None = None) -> Any:
    """Ten people with a withheld, a tied and a weak one."""
    people = [
        person(
            f"p{index}",
            None if index == 9 else str(60 + 5 * (index // 2)),
            ("0", "110") if index == 9 else None,
            [
                line("impressions", None if index == 9 else str(60 + 5 * index)),
                line("viral_posts", "50", shock=touched(index)),
            ],
            team=f"t{index % 2}",
        )
        for index in (order or range(10))
    ]
    previous = str(parse_period(period).previous())
    people = [beside(one, "70", one.lines) if one.person_id == "p0" else one for one in people]
    against = Appeal.model_validate(
        {"period": period, "person_id": "p1", "what": "w", "filed_on": "2026-12-31", "outcome": "open"}
    )
    known = facts(period, people, {previous: crowd(p0="50", p1="60")}, appeals=(against,), platform_events=(EVENT,))
    return replace(
        known,
        medians={"impressions": {period: (Decimal(5), 3)}},
        channels=(Channel("x_ads", *[Decimal(1)] * 4),),
        heard={"x_posts": date(2026, 10, 20)},
        weekly={("p0", "impressions"): {"2026-W41": (Decimal(9), 2)}},
        subjects=tuple(
            SubjectMonth("speaking_rate", Month(2026, month), "group", "g", Decimal(20), Decimal(50))
            for month in range(1, 11)
        ),
        active_users=1500,
        follower_counts=(FollowerCount(Month(2026, 10), "*", "f10", 9, 3, Decimal("0.3"), None, 0, None, "plausible"),),
        catalogue={"impressions": {"aggregation": "sum", "families": "x_posts"}},
        company=replace(known.company, **listed_rows()),
    )


def simulated() -> list[Report]:
    """The tables of a simulation, which are of no single period."""
    return simulation_reports([Outcome("2026-10", "a", "r", "t", None, None, Decimal(1), Decimal(2), False, True)])


@pytest.mark.parametrize("period", PERIODS)
def test_every_report_is_whole(period: str) -> None:
    reports = reports_of(sample(period))
    ids = [report.report_id for report in reports]
    assert len(ids) == len(set(ids)) >= 17
    for report in reports:
        made = report.to_dict()
        assert made["req"], report.report_id
        for part in ("title", "about"):
            key = f"reports.{report.report_id}.{part}"
            assert has_text(key), key
            assert placeholders(catalogue()[key]["en"]) <= set(made["params"]), key
        for name in report.columns:
            assert has_text(f"reports.column.{name}"), name


def test_every_remark_and_every_code_has_its_words() -> None:
    remarks = set(re.findall(r'Remark\(\s*"([a-z_]+)"', SOURCE)) | set(re.findall(r'"(honour_[a-z_]+)"', SOURCE))
    noted = {key.split(".")[2] for key in catalogue() if key.startswith("reports.note.")}
    assert remarks == noted
    for period in PERIODS:
        for report in reports_of(sample(period)):
            for row in report.rows:
                for name, value in row.items():
                    if COLUMNS[name] == "code" and value:
                        assert has_text(f"reports.code.{value}"), (report.report_id, name, value)
    titled = {key.split(".")[1] for key in catalogue() if key.startswith("reports.") and key.endswith(".about")}
    periodic = {report.report_id for period in PERIODS for report in reports_of(sample(period))}
    assert titled == periodic | {report.report_id for report in simulated()}


def test_every_column_is_used_and_every_word_of_a_column_has_one() -> None:
    columns = {name for period in PERIODS for report in reports_of(sample(period)) for name in report.columns}
    columns |= {name for report in simulated() for name in report.columns}
    assert columns == set(COLUMNS)
    assert {key.split(".")[2] for key in catalogue() if key.startswith("reports.column.")} == set(COLUMNS)


@given(st.permutations(range(10)), st.sampled_from(PERIODS))
@settings(max_examples=60)
def test_the_order_of_people_changes_no_report(order: list[int], period: str) -> None:
    plain = [report.to_dict() for report in reports_of(sample(period))]
    assert [report.to_dict() for report in reports_of(sample(period, order))] == plain


def test_a_company_without_anybody_has_empty_lists() -> None:
    for period in PERIODS:
        for report in reports_of(facts(period, [])):
            assert report.rows == (), report.report_id


def test_a_row_with_a_stray_column_and_an_unknown_column_are_defects() -> None:
    with pytest.raises(ValueError, match="stray columns \\['mean'\\]"):
        Report("r", "000-P2", ("score",), ({"mean": 1},)).to_dict()
    with pytest.raises(ValueError, match="unknown columns \\['colour'\\]"):
        Report("r", "000-P2", ("colour",), ()).to_dict()
    assert Remark("x", {"b": "1", "a": "2"}).to_dict() == {"code": "x", "params": {"a": "2", "b": "1"}}
    assert set(COLUMNS.values()) - NUMERIC_KINDS == {
        "text", "person", "team", "role", "community", "group", "kpi", "kpis", "label", "code", "codes", "reason",
        "params",
    }  # fmt: skip


def test_shares_and_changes_of_nothing_are_unknown() -> None:
    assert (percent_of(1, 0), change_percent(None, None)) == (None, None)
    assert in_order([{"place": None}, {"place": 10}, {"place": 9}], "place")[0] == {"place": 9}


@pytest.mark.parametrize(
    ("period", "needed"),
    [
        ("2026-10", ["2026-09"]),
        ("2026-09", ["2026-07", "2026-08"]),
        ("2026-Q3", ["2026-Q1", "2026-Q2"]),
        ("2026-Q1", ["2025-Q3", "2025-Q4"]),
        ("2026", ["2025"]),
    ],
)
def test_only_the_periods_that_a_list_looks_at_are_read(period: str, needed: list[str]) -> None:
    assert [str(one) for one in needed_periods(parse_period(period), company().lists)] == needed
