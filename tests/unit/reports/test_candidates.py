"""Promotion candidates, the support list, eligibility: who stands on them, and what they say when they cannot tell."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports_sample import crowd, facts, person, states, told

from pipelines.reports.eligibility import eligibility_report
from pipelines.reports.promotion import promotion_reports
from pipelines.reports.results import Result
from pipelines.reports.support import support_report
from pipelines.reports.table import Report

D = Decimal
TEN = {name: str(100 - 5 * index) for index, name in enumerate("abcdefghij")}


def promotion(*arguments: Any, **changed: Any) -> Report:
    (report,) = promotion_reports(facts(*arguments, **changed))
    return report


def support(*arguments: Any, **changed: Any) -> Report:
    report = support_report(facts(*arguments, **changed))
    assert report is not None
    return report


@pytest.mark.req("001-I2", "000-I5", "002-I2", "003-I6")
def test_the_top_tenth_of_the_year() -> None:
    assert states(promotion("2026", crowd(**TEN))) == {"a": "in"}
    assert states(promotion("2026", crowd(**TEN), lists={"promotion_year_share": 25})) == {
        "a": "in",
        "b": "in",
        "c": "in",
    }
    floor = {"promotion_year_share": 25, "share_rounding": "floor"}
    assert states(promotion("2026", crowd(**TEN), lists=floor)) == {"a": "in", "b": "in"}


@pytest.mark.req("001-I2")
def test_a_tie_at_the_line_is_on_the_list_whole_or_not_at_all_and_says_so() -> None:
    people = crowd(**TEN | {"a": "95"})
    assert states(promotion("2026", people)) == {"a": "tied", "b": "tied"}
    assert states(promotion("2026", people, lists={"top_ties": "exclude"})) == {}


@pytest.mark.req("001-I2")
def test_an_open_score_over_the_line_is_too_close_for_both() -> None:
    people = [*crowd(**TEN), person("k", "70", ("60", "110"))]
    report = promotion("2026", people, lists={"promotion_year_share": 5})
    assert states(report) == {"a": "too_close", "k": "too_close"}
    row = next(row for row in report.rows if row["person_id"] == "k")
    assert (row["score_low"], row["score_high"], row["score"]) == (Decimal(60), Decimal(110), Decimal(70))


@pytest.mark.req("001-I2")
def test_small_groups_short_stays_and_other_schemes_are_told_and_not_ranked() -> None:
    people = [*crowd(**TEN), person("k", "200", days=10), person("l", None), person("m", "300", scheme="001")]
    report = promotion("2026", people)
    assert states(report) == {"a": "in"}
    assert told(report) == [
        ("few_days", {"count": "1", "share": "50"}),
        ("no_score", {"count": "1"}),
        ("small_group", {"scheme": "001", "group": "-", "people": "1", "least": "5"}),
    ]
    by_team = promotion("2026", people, lists={"group_by": "role", "min_group": 11})
    assert by_team.rows == () and (
        "small_group",
        {"scheme": "000", "group": "content", "people": "10", "least": "11"},
    ) in told(by_team)


@pytest.mark.req("004-I4")
def test_the_top_fifth_of_three_quarters_running() -> None:
    earlier = {"2026-Q1": crowd(**TEN), "2026-Q2": crowd(**TEN | {"b": "10", "c": "99"})}
    report = promotion("2026-Q3", crowd(**TEN), earlier)
    assert states(report) == {"a": "in"}
    assert report.rows[0]["scores_before"] == "2026-Q1 100; 2026-Q2 100"
    assert told(report) == [("period_draft", {"period": "2026-Q1"}), ("period_draft", {"period": "2026-Q2"})]
    sealed = promotion("2026-Q3", crowd(**TEN), earlier, edition="r2")
    assert told(sealed)[0] == ("period_sealed", {"period": "2026-Q1", "revision": "r2"})


@pytest.mark.req("004-I4")
def test_one_quarter_that_is_too_close_makes_the_whole_too_close() -> None:
    hidden = [*crowd(**{name: score for name, score in TEN.items() if name != "b"}), person("b", "70", ("60", "120"))]
    report = promotion("2026-Q3", crowd(**TEN), {"2026-Q1": crowd(**TEN), "2026-Q2": hidden})
    assert states(report) == {"a": "in", "b": "too_close"}


@pytest.mark.req("004-I4", "001-I3")
def test_a_list_without_its_earlier_periods_says_so_and_is_not_just_empty() -> None:
    report = promotion("2026-Q3", crowd(**TEN), {"2026-Q2": crowd(**TEN)})
    assert report.rows == () and ("period_missing", {"period": "2026-Q1"}) in told(report)
    assert told(support("2026-10", crowd(**TEN))) == [("period_missing", {"period": "2026-09"})]
    assert promotion_reports(facts("2026-10", crowd(**TEN))) == []


@pytest.mark.req("001-I3", "003-R9")
def test_last_in_two_months_running_is_offered_support_with_the_evidence() -> None:
    report = support("2026-10", crowd(**TEN), {"2026-09": crowd(**TEN)})
    assert states(report) == {"j": "last"}
    row = report.rows[0]
    assert (row["people"], row["median"], row["score"]) == (10, Decimal("77.5"), Decimal(55))
    assert row["shortfalls"] == "impressions" and row["scores_before"] == "2026-09 55"
    other = crowd(**TEN | {"i": "1"})
    assert support("2026-10", crowd(**TEN), {"2026-09": other}).rows == ()
    assert support_report(facts("2026-Q3", crowd(**TEN))) is None


@pytest.mark.req("001-I3")
def test_ties_small_groups_and_withheld_scores_make_nobody_last() -> None:
    tied = crowd(**TEN | {"i": "55"})
    report = support("2026-10", tied, {"2026-09": tied})
    assert report.rows == () and told(report)[0] == ("tied_last", {"scheme": "000", "group": "-", "count": "2"})
    few = crowd(a="1", b="2", c="3", d="4")
    report = support("2026-10", few, {"2026-09": few})
    assert report.rows == () and told(report)[0][0] == "small_group"
    withheld = [*crowd(**TEN), person("k", "10", ("0", "50"))]
    report = support("2026-10", withheld, {"2026-09": withheld})
    assert report.rows == () and told(report)[0] == ("open_scores", {"scheme": "000", "group": "-", "count": "1"})
    # a veto leaves 0 whatever comes, but nothing of the work is known
    unknown = [*crowd(**TEN), person("k", None, ("0", "0"))]
    assert support("2026-10", unknown, {"2026-09": unknown}).rows == ()


@pytest.mark.req("001-I3")
def test_a_withheld_score_that_could_be_lower_makes_the_last_one_too_close_to_call() -> None:
    month = [*crowd(**TEN), person("k", "90", ("40", "99"))]
    assert states(support("2026-10", month, {"2026-09": crowd(**TEN)})) == {"j": "too_close"}


@given(st.permutations(sorted(TEN)), st.sampled_from(["company", "team", "role"]))
@settings(max_examples=200)
def test_the_order_of_people_changes_no_list(order: list[str], by: str) -> None:
    people = [person(name, TEN[name], team="t1" if name < "f" else "t2") for name in order]
    base = [person(name, TEN[name], team="t1" if name < "f" else "t2") for name in sorted(TEN)]
    lists = {"group_by": by}
    mixed, plain = (promotion("2026", given_, lists=lists).to_dict() for given_ in (people, base))
    assert mixed == plain
    mixed, plain = (support("2026-10", given_, {"2026-09": given_}, lists=lists).to_dict() for given_ in (people, base))
    assert mixed == plain


@pytest.mark.req("000-I3", "000-I6", "002-I4")
def test_rewards_that_are_no_money_have_their_conditions() -> None:
    people = [person("a", "120"), person("b", "100"), person("c", "99.99"), person("d", "90", ("80", "101"))]
    report = eligibility_report(facts("2026", people, {"2025": [person("a", "110"), person("b", "80")]}))
    assert report is not None
    found = {(row["purpose"], row["person_id"]): row["status"] for row in report.rows}
    assert found == {
        ("development", "a"): "in",
        ("development", "b"): "in",
        ("development", "d"): "too_close",
        ("autonomy", "a"): "in",
        ("long_term", "a"): "in",
        ("long_term", "b"): "in",
        ("long_term", "d"): "too_close",
    }
    assert report.rows[0]["employed_months"] == 84
    assert ("no_preferences", {}) in told(report)
    new = eligibility_report(facts("2026", people, lists={"core_months": 85}))
    assert new is not None and "long_term" not in {row["purpose"] for row in new.rows}
    assert eligibility_report(facts("2026-10", people)) is None


def chanced(one: Result, low: str, high: str) -> Result:
    """The same person with a score that chance alone may have moved from `low` to `high`."""
    return replace(one, parts=(replace(one.parts[0], chance=(D(low), D(high))),))


def test_a_score_that_chance_may_have_lifted_over_the_line_is_said_and_stays_on_the_list() -> None:
    people = [chanced(person("a", "80"), "70", "90"), chanced(person("b", "90"), "80", "99"), person("c", "76")]
    report = eligibility_report(facts("2026-Q3", people, lists={"eligible_score": 75}))
    assert report is not None
    told = {
        row["person_id"]: (row["status"], row["by_chance"]) for row in report.rows if row["purpose"] == "development"
    }
    assert told == {"a": ("in", "by_chance"), "b": ("in", ""), "c": ("in", "")}


def test_chance_says_nothing_of_a_score_that_withheld_data_can_still_move() -> None:
    one = chanced(person("a", "80", ("70", "95")), "60", "99")
    assert one.chance is None
    assert chanced(person("a", "80"), "60", "99").chance == (D(60), D(99))


def test_the_best_outside_is_the_line_of_a_top_share() -> None:
    """Ten people, one place: the best has 90 and may by chance have 84; the best of the others has 85."""
    crowd_of_nine = [person(f"p{index}", str(77 + index)) for index in range(9)]
    for low, said in (("84", "by_chance"), ("86", "")):
        people = [chanced(person("top", "90"), low, "95"), *crowd_of_nine]
        (report,) = promotion_reports(facts("2025", people, lists={"promotion_year_share": 10}))
        assert [(row["person_id"], row["status"], row["by_chance"]) for row in report.rows] == [("top", "in", said)]
