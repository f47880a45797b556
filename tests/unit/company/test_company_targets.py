"""Which target holds: scope, period, and the derivation of quarters and years."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.company.records import TargetRow
from pipelines.company.targets import SCOPE_ORDER, TargetNumbers, Targets
from pipelines.periods import Month, Quarter, Year, parse_period

IDS = {"company": "", "team": "growth", "role": "operator", "person": "li"}
ME = ("li", "operator", "growth")


def target(period: str, scope: str, value: str | None, row: int = 2, scope_id: str | None = None, **more) -> TargetRow:
    return TargetRow(
        period=period,
        period_type=parse_period(period).period_type,
        scope=scope,
        scope_id=IDS[scope] if scope_id is None else scope_id,
        kpi_id="impressions",
        target=value,
        source_row=row,
        **more,
    )


def value_of(targets: Targets, period: str, aggregation: str = "sum") -> Decimal | None:
    found = targets.resolve("impressions", parse_period(period), *ME, aggregation)
    return None if found is None else found.target


def test_the_most_specific_scope_wins():
    rows = [target("2026-01", scope, str(number)) for number, scope in enumerate(SCOPE_ORDER, 1)]
    for number in range(4):
        assert value_of(Targets(rows[number:]), "2026-10") == number + 1
    others = Targets([target("2026-01", "person", "1", scope_id="wang"), target("2026-01", "team", "2", scope_id="x")])
    assert value_of(others, "2026-10") is None


def test_a_row_holds_from_its_period_until_a_later_one():
    targets = Targets([target("2026-06", "company", "6"), target("2026-01", "company", "1")])
    found = {month: value_of(targets, month) for month in ("2025-12", "2026-01", "2026-05", "2026-06", "2030-01")}
    assert found == {"2025-12": None, "2026-01": 1, "2026-05": 1, "2026-06": 6, "2030-01": 6}


def test_a_row_without_numbers_ends_the_target_of_its_scope():
    targets = Targets(
        [target("2026-01", "person", "9"), target("2026-01", "company", "1"), target("2026-06", "person", None)]
    )
    assert (value_of(targets, "2026-05"), value_of(targets, "2026-06")) == (9, 1)


def test_a_quarter_adds_the_months_of_a_sum():
    targets = Targets([target("2026-01", "company", "100", 2, threshold="80"), target("2026-03", "person", "130", 3)])
    found = targets.resolve("impressions", Quarter(2026, 1), *ME, "sum")
    assert found is not None
    assert (found.target, found.threshold, found.scope) == (330, None, "person")
    assert (str(found.period), found.period_type) == ("2026-Q1", "quarter")
    assert found.source == "people/targets.csv rows 2, 3"
    assert value_of(targets, "2026", "sum") == 100 * 2 + 130 * 10


def test_every_other_aggregation_takes_the_last_month():
    targets = Targets([target("2026-01", "company", "0.02"), target("2026-03", "company", "0.03", 3)])
    for aggregation in ("ratio_of_sums", "stock_end", "distribution"):
        assert value_of(targets, "2026-Q1", aggregation) == Decimal("0.03")
    found = targets.resolve("impressions", Quarter(2026, 1), *ME)
    assert found is not None
    assert found.source == "people/targets.csv row 3"


def test_a_quarter_adds_the_months_of_a_distinct_count():
    """Three months' leads against one month's target would pay three times the attainment."""
    targets = Targets([target("2026-01", "company", "10"), target("2026-03", "company", "14", 3)])
    assert value_of(targets, "2026-Q1", "distinct") == 34


def test_a_month_without_row_adds_the_default_by_which_it_was_scored():
    targets = Targets([target("2026-02", "company", "1000", 7, baseline="0")])

    def quarter(name: str, default: TargetNumbers | None) -> TargetRow | None:
        return targets.resolve("impressions", parse_period(name), *ME, "sum", default)

    found = quarter("2026-Q1", TargetNumbers(Decimal(200), Decimal(0)))
    assert found is not None
    assert (found.target, found.baseline, found.source) == (2200, 0, "people/targets.csv row 7")
    assert quarter("2026-Q1", None) is None
    # where no month has a row, the scheme's default holds as such and says so
    assert quarter("2025-Q4", TargetNumbers(Decimal(200))) is None


def test_a_sum_with_a_month_without_target_has_none():
    targets = Targets([target("2026-02", "company", "100")])
    assert value_of(targets, "2026-Q1") is None
    assert value_of(targets, "2026-Q1", "ratio_of_sums") == 100


def test_an_explicit_quarter_stands_before_its_months():
    targets = Targets([target("2026-Q1", "company", "500"), target("2026-01", "company", "100")])
    assert value_of(targets, "2026-Q1") == 500
    assert value_of(targets, "2026-Q2") == 500
    assert value_of(targets, "2026") == 1200


def test_months_of_a_more_specific_scope_stand_before_an_explicit_quarter():
    targets = Targets([target("2026-Q1", "company", "500"), target("2026-01", "person", "100")])
    assert value_of(targets, "2026-Q1") == 300
    targets = Targets([target("2026-Q1", "person", "500"), target("2026-01", "person", "100")])
    assert value_of(targets, "2026-Q1") == 500


def test_other_kpis_do_not_count():
    assert Targets([target("2026-01", "company", "1")]).resolve("deals_won", Month(2026, 1), *ME) is None
    assert Targets().resolve("impressions", Year(2026), *ME) is None
    assert list(Targets()) == []


rows = st.lists(
    st.builds(
        lambda month, scope, value: target(str(month), scope, str(value)),
        st.builds(Month, st.just(2026), st.integers(1, 12)),
        st.sampled_from(SCOPE_ORDER),
        st.integers(1, 1000),
    ),
    max_size=8,
    unique_by=lambda row: (row.period, row.scope),
)


@given(rows, st.randoms(use_true_random=False))
def test_a_year_is_its_quarters_and_the_order_of_rows_does_not_matter(items, random):
    expected = value_of(Targets(items), "2026")
    quarters = [value_of(Targets(items), f"2026-Q{number}") for number in range(1, 5)]
    if expected is not None:
        assert expected == sum(quarters)
    else:
        assert None in quarters
    random.shuffle(items)
    assert value_of(Targets(items), "2026") == expected


@pytest.mark.parametrize("month", [Month(2026, 1), Month(2026, 12)])
def test_targets_are_a_sequence(month):
    items = [target(str(month), "company", "1"), target(str(month), "team", "2")]
    targets = Targets(items)
    assert (len(targets), targets[1], list(targets), list(targets[:1])) == (2, items[1], items, items[:1])
    assert repr(targets) == "Targets(2 rows)"
