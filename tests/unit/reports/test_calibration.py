"""The calibration pack, KPI effectiveness and what is behind weak KPIs; the arithmetic by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports_sample import crowd, facts, line, person, states, told

from pipelines.company.review_records import ManagerRating, Rating360, SelfRating
from pipelines.reports import statistics
from pipelines.reports.calibration import calibration_reports
from pipelines.reports.drivers import driver_report
from pipelines.reports.effectiveness import effectiveness_report
from pipelines.reports.table import Report

D = Decimal


def report(name: str, *arguments: Any, **changed: Any) -> Report:
    return next(one for one in calibration_reports(facts(*arguments, **changed)) if one.report_id == name)


def rated(model: Any, **row: Any) -> Any:
    return model.model_validate({"period": "2026-10", "source_row": 2, "source_file": "f", **row})


@pytest.mark.req("000-W4", "001-W5")
@pytest.mark.req("001-G4")
def test_leniency_is_shrunk_by_the_size_of_the_group() -> None:
    people = [person(name, "90", team="mild") for name in "abcde"] + [
        person(name, "70", team="hard") for name in "fghij"
    ]
    found = report("score_distribution", "2026-10", people)
    rows = {(row["group_level"], row["group"]): row for row in found.rows}
    mild = rows["team", "mild"]
    # (5 · 90 + 10 · 80) / 15
    assert (mild["mean"], mild["shrunk_mean"], mild["leniency"]) == (D(90), D("83.33"), D("3.33"))
    assert mild["normalising_factor"] == D("0.9600")
    assert rows["company", ""]["leniency"] == 0 and rows["company", ""]["spread"] == D("10.54")
    unshrunk = report("score_distribution", "2026-10", people, lists={"shrinkage": 0})
    assert {row["leniency"] for row in unshrunk.rows if row["group_level"] == "team"} == {D(10), D(-10)}


@pytest.mark.req("000-W4")
def test_a_small_group_shows_no_distribution() -> None:
    found = report("score_distribution", "2026-10", crowd(a="1", b="2", c="3", d="4"))
    assert {row["status"] for row in found.rows} == {"too_few"}
    assert not any("mean" in row for row in found.rows)


@pytest.mark.req("001-W5")
def test_raters_stand_beside_all_who_judge_on_the_same_form() -> None:
    marks = [("m1", "a", "90"), ("m1", "b", "90"), ("m2", "c", "60")]
    manager = tuple(
        rated(ManagerRating, person_id=who, item="drive", score=score, reviewer_id=by) for by, who, score in marks
    )
    found = report("rater_leniency", "2026-10", [], ratings_manager=manager, lists={"shrinkage": 2})
    # m1: (180 + 2 · 80) / 4 − 80; m2: (60 + 160) / 3 − 80
    assert states(found, "rater", "leniency") == {"m1": D(5), "m2": D("-6.67")}


@pytest.mark.req("001-W5")
def test_a_single_rater_of_a_360_form_is_never_shown() -> None:
    def marks(person_id: str, group: str, count: int) -> list[Rating360]:
        return [
            rated(
                Rating360, person_id=person_id, rater_id=f"r{index}", rater_group=group, item="collaboration", score=4
            )
            for index in range(count)
        ]

    given_ = (*marks("a", "peer", 3), *marks("a", "manager", 1))
    found = report("rater_leniency", "2026-10", [], ratings_360=given_)
    assert [(row["rater_group"], row["ratings"], row["mean"]) for row in found.rows] == [("peer", 3, D(75))]
    assert "r0" not in str(found.to_dict())


@pytest.mark.req("001-W5", "001-W4")
@pytest.mark.parametrize(
    ("period", "given_for", "is_counted"),
    [("2026", "2026-Q2", True), ("2026", "2026-07", True), ("2026", "2025-Q4", False), ("2026-Q3", "2026-Q2", False)],
)
def test_a_year_counts_the_marks_of_its_quarters(period: str, given_for: str, is_counted: bool) -> None:
    """The year's own KPIs count them too; a meeting over the year must see who gave them."""
    theirs = (rated(ManagerRating, period=given_for, person_id="a", item="drive", score="70", reviewer_id="m"),)
    own = (rated(SelfRating, period=given_for, person_id="a", item="drive", score="90"),)
    told_of = {"ratings_self": own, "ratings_manager": theirs}
    for name in ("rater_leniency", "self_manager_gap"):
        assert bool(report(name, period, [], **told_of).rows) is is_counted


@pytest.mark.req("001-W4")
def test_the_gap_of_self_and_manager_counts_items_that_both_rated() -> None:
    own = (
        rated(SelfRating, person_id="a", item="drive", score="90"),
        rated(SelfRating, person_id="a", item="care", score="100"),
        rated(SelfRating, person_id="b", item="drive", score="50"),
    )
    theirs = (
        rated(ManagerRating, person_id="a", item="drive", score="70", reviewer_id="m"),
        rated(ManagerRating, person_id="b", item="drive", score="60", reviewer_id="m"),
    )
    found = report("self_manager_gap", "2026-10", [], ratings_self=own, ratings_manager=theirs)
    assert states(found, value="gap") == {"a": D(20), "b": D(-10)}
    assert told(found) == [("one_sided", {"count": "1"})]
    assert told(report("self_manager_gap", "2026-10", [])) == [("no_self_ratings", {})]


@pytest.mark.req("000-R4", "001-W7", "003-W16", "002-W2", "003-W6")
@pytest.mark.parametrize(
    ("scores", "changed", "finding"),
    [
        (["10", "50", "90", "70", "30"], {}, "sound"),
        (["100", "100.5", "100", "100", "100"], {}, "flat"),
        (["10", "50", "90", "70"], {}, "too_few"),
        (["0", "0", "0", "0", "90"], {}, "saturated"),
        (["120", "120", "119", "120", "90"], {"place": "at_cap"}, "saturated"),
        (["10", "50", "90", "70", "30", None, None], {}, "withheld"),
    ],
)
@pytest.mark.req("004-W3")
def test_a_kpi_that_tells_nobody_apart_is_found(
    scores: list[str | None], changed: dict[str, Any], finding: str
) -> None:
    people = [person(str(index), lines=[line("impressions", score, **changed)]) for index, score in enumerate(scores)]
    found = effectiveness_report(facts("2026-Q3", people))
    assert found is not None and [row["finding"] for row in found.rows] == [finding]


@pytest.mark.req("000-R4", "001-W7")
def test_correlation_leaves_the_kpi_itself_out_and_knows_the_outcome() -> None:
    people = [
        person(
            str(index),
            lines=[
                line("impressions", str(10 * index), effective_weight="50"),
                line("viral_posts", str(50 - 10 * index), effective_weight="25"),
                line("leads_submitted", str(index), dimension="conversion", effective_weight="25"),
            ],
        )
        for index in range(5)
    ]
    found = effectiveness_report(facts("2026-Q3", people))
    assert found is not None
    assert states(found, "kpi_id", "correlation_outcome") == {
        "impressions": 1,
        "viral_posts": -1,
        "leads_submitted": None,
    }
    assert states(found, "kpi_id", "finding")["viral_posts"] == "against_the_rest"
    assert effectiveness_report(facts("2026-10", people)) is None


def weak(value: str, numerator: str | None = None, denominator: str | None = None, **changed: Any) -> Any:
    return line("read_rate", "60", value=value, numerator=numerator, denominator=denominator, **changed)


@pytest.mark.req("001-W6")
@pytest.mark.parametrize(
    ("now", "before", "driver"),
    [
        (weak("0.10", "100", "1000"), weak("0.15", "150", "1000"), "numerator"),
        (weak("0.10", "150", "1500"), weak("0.15", "150", "1000"), "denominator"),
        (weak("60"), weak("80"), "value"),
        (weak("60", target="120"), weak("60", target="100"), "target"),
        (weak("60"), weak("60"), "steady"),
        (weak("60"), None, "no_history"),
        (
            line("read_rate", "60", direction="lower", value="80"),
            line("read_rate", direction="lower", value="60"),
            "value",
        ),
    ],
)
@pytest.mark.req("002-W3")
def test_a_driver_says_which_side_moved(now: Any, before: Any, driver: str) -> None:
    earlier = {} if before is None else {"2026-09": [person(name, lines=[before]) for name in "ab"]}
    found = driver_report(facts("2026-10", [person(name, lines=[now]) for name in "ab"], earlier))
    assert [(row["driver"], row["points_lost"], row["people_below"]) for row in found.rows] == [(driver, D(80), 2)]


@pytest.mark.req("001-W6")
def test_one_person_or_withheld_data_goes_before_what_moved() -> None:
    people = [person("a", lines=[line("read_rate", "10")]), person("b", lines=[line("read_rate", "95")])]
    found = driver_report(facts("2026-10", people))
    assert (found.rows[0]["driver"], found.rows[0]["largest_gap_share"]) == ("one_person", D("94.74"))
    people.append(person("c", lines=[line("read_rate", None)]))
    assert driver_report(facts("2026-10", people)).rows[0]["driver"] == "withheld"
    assert driver_report(facts("2026-10", crowd(a="100", b="120"))).rows == ()


values = st.lists(st.integers(-50, 50).map(D), min_size=1, max_size=12)


@given(values, st.integers(0, 20).map(D))
@settings(max_examples=500)
def test_shrinking_lies_between_the_mean_and_the_mean_of_all(numbers: list[Decimal], k: Decimal) -> None:
    mean, of_all = statistics.mean(numbers), D(7)
    towards = statistics.shrunk(numbers, of_all, k)
    assert mean is not None and towards is not None
    assert min(mean, of_all) - D("1e-20") <= towards <= max(mean, of_all) + D("1e-20")


@given(st.lists(st.tuples(st.integers(-9, 9).map(D), st.integers(-9, 9).map(D)), min_size=2, max_size=12))
@settings(max_examples=500)
def test_rank_correlation_is_symmetric_and_bounded(pairs: list[tuple[Decimal, Decimal]]) -> None:
    found = statistics.rank_correlation(pairs, 2)
    assert found == statistics.rank_correlation([(other, one) for one, other in pairs], 2)
    if found is not None:
        assert abs(found) <= 1 + D("1e-30")
        turned = statistics.rank_correlation([(-one, other) for one, other in pairs], 2)
        assert turned is not None and abs(turned + found) < D("1e-30")


def test_golden_statistics() -> None:
    numbers = [D(2), D(4), D(4), D(4), D(5), D(5), D(7), D(9)]
    assert (statistics.mean(numbers), statistics.median(numbers)) == (D(5), D("4.5"))
    spread = statistics.spread(numbers)
    assert spread is not None and abs(spread * spread - D(32) / 7) < D("1e-20")
    assert statistics.ranks([D(3), D(1), D(3)]) == [D("2.5"), D(1), D("2.5")]
    # without ties it is 1 − 6Σd²/(n³ − n) = 1 − 6 · 4 / 120
    pairs = list(zip(map(D, [1, 2, 3, 4, 5]), map(D, [2, 1, 4, 3, 5]), strict=True))
    assert statistics.rank_correlation(pairs, 5) == D("0.8")
    assert statistics.rank_correlation(pairs, 6) is None
    assert statistics.rank_correlation([(D(1), D(1)), (D(1), D(2))], 2) is None
    assert (
        statistics.mean([]),
        statistics.median([]),
        statistics.spread([D(1)]),
        statistics.shrunk([], D(1), D(1)),
    ) == (
        None,
        None,
        None,
        None,
    )
