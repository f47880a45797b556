"""The tables of a simulation: everybody's row, the sums by period and over all of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.reports.simulation import ALL, Outcome, simulation_reports
from pipelines.reports.statistics import quantile
from pipelines.reports.table import COLUMNS
from pipelines.texts import has_text

pytestmark = pytest.mark.req("000-W6", "003-W6", "004-W3")
D = Decimal


def outcome(person: str, pay: str, other: str, period: str = "2026-10", *, is_open: bool = False) -> Outcome:
    return Outcome(
        period, person, "content", "brand", pay=D(pay), simulated_pay=D(other), is_open=is_open, is_scored=True,
        score=D(90), simulated_score=D(80),
    )  # fmt: skip


def test_sums_counts_and_quartiles_of_a_period() -> None:
    found = [
        outcome("a", "100.00", "150.00"),
        outcome("b", "200.00", "150.00"),
        outcome("c", "300.00", "300.00"),
        outcome("d", "400.00", "90.00", is_open=True),
        replace(outcome("e", "500.00", "0.00"), is_scored=False, simulated_score=None),
    ]
    (row,) = simulation_reports(found)[0].to_dict()["rows"]
    assert (row["paying_amount"], row["other_amount"], row["difference"]) == ("1500.00", "690.00", "-810.00")
    assert row["change_percent"] == "-54"
    assert [row[name] for name in ("gains", "loses", "same", "open", "not_scored")] == ["1", "1", "1", "1", "1"]
    assert [row[f"paying_{name}"] for name in ("q1", "median", "q3")] == ["200.00", "300.00", "400.00"]
    assert [row[f"other_{name}"] for name in ("q1", "median", "q3")] == ["90.00", "150.00", "150.00"]
    assert (row["median_score"], row["other_median_score"]) == ("90", "80")


def test_a_person_counts_once_over_all_periods() -> None:
    found = [outcome("a", "10.00", "15.00"), outcome("a", "10.00", "5.00", "2026-11"), outcome("b", "1.00", "2.00")]
    rows = simulation_reports(found)[0].to_dict()["rows"]
    assert [row["scored_period"] for row in rows] == ["2026-10", "2026-11", ALL]
    assert [rows[2][name] for name in ("people", "gains", "loses", "same")] == ["2", "1", "0", "1"]
    assert rows[2]["difference"] == "1.00"


def test_what_has_no_data_or_target_is_named_beside_the_person() -> None:
    plain = outcome("a", "1.00", "2.00")
    one = replace(plain, withheld=("csat", "leads"), without_target=("reach",), simulated_score=None)
    (row,) = simulation_reports([one])[1].to_dict()["rows"]
    assert (row["kpis_withheld"], row["kpis_without_target"], row["outcome"]) == ("csat; leads", "reach", "gains")
    assert "score_change" not in row


@pytest.mark.parametrize(("share", "expected"), [("0", "1"), ("0.25", "1.75"), ("0.5", "2.5"), ("1", "4")])
def test_quartiles_lie_between_neighbours(share: str, expected: str) -> None:
    assert quantile([D(4), D(1), D(3), D(2)], D(share)) == D(expected)
    assert quantile([], D(share)) is None
    assert quantile([D(7)], D(share)) == 7


cents = st.decimals(min_value=0, max_value=9999, places=2)
outcomes = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["2026-08", "2026-09"]), cents, cents, st.booleans()),
    min_size=1,
    unique_by=lambda one: (one[0], one[1]),
)


@given(outcomes, st.randoms(use_true_random=False))
def test_the_sums_are_those_of_the_rows_in_any_order(drawn: list[tuple], random: Random) -> None:
    found = [outcome(who, str(pay), str(other), when, is_open=is_open) for who, when, pay, other, is_open in drawn]
    shuffled = list(found)
    random.shuffle(shuffled)
    told = [one.to_dict() for one in simulation_reports(found)]
    assert told == [one.to_dict() for one in simulation_reports(shuffled)]
    summary, people = told
    for name in ("paying_amount", "other_amount", "difference"):
        assert D(summary["rows"][-1][name]) == sum((D(row[name]) for row in people["rows"]), D(0))
    for row in summary["rows"]:
        assert int(row["people"]) == sum(int(row[name]) for name in ("gains", "loses", "same", "open", "not_scored"))


def test_every_column_and_code_has_its_words() -> None:
    for report in simulation_reports([outcome("a", "1.00", "2.00")]):
        assert has_text(f"reports.{report.report_id}.title")
        for column in report.columns:
            assert has_text(f"reports.column.{column}"), column
            assert column in COLUMNS
    for code in ("gains", "loses", "same", "open", "not_scored"):
        assert has_text(f"reports.code.{code}")
