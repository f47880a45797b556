"""Honours, teams, weak behaviour, cases and jury entries."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from reports_sample import crowd, facts, line, person, states, told

from pipelines.company.review_records import InnovationReview
from pipelines.reports.honours import honour_reports
from pipelines.reports.table import Report

D = Decimal
KPI_STAR = {
    "honours": [{"id": "star", "zh": "星", "en": "Star", "measure": "kpi", "of": "innovation_score", "places": 2}]
}
DIMENSION = {"honours": [{"id": "creative", "zh": "创", "en": "Creative", "measure": "dimension", "of": "content"}]}
UPLIFT = {"honours": [{"id": "up", "zh": "升", "en": "Up", "measure": "uplift", "of": "lead_conversion"}]}


def report(name: str, *arguments: Any, **changed: Any) -> Report:
    return next(one for one in honour_reports(facts(*arguments, **changed)) if one.report_id == name)


@pytest.mark.req("000-I4", "003-I3", "004-I2", "002-I3")
def test_a_shortlist_has_its_places_ties_share_one_and_withheld_data_is_told() -> None:
    people = [
        person(name, lines=[line("innovation_score", score)])
        for name, score in {"a": "120", "b": "110", "c": "110", "d": "90", "e": None}.items()
    ]
    found = report("honours_shortlist", "2026-10", people, lists=KPI_STAR)
    assert states(found) == {"a": "in", "b": "tied", "c": "tied", "e": "withheld"}
    assert states(found, value="place") == {"a": 1, "b": 2, "c": 2, "e": None}
    assert {row["people"] for row in found.rows if row["status"] != "withheld"} == {4}
    assert found.to_dict()["labels"] == {"star": {"zh": "星", "en": "Star"}}


@pytest.mark.req("000-I4")
def test_a_dimension_is_the_weighted_mean_of_ones_own_kpis() -> None:
    mine = [
        line("impressions", "100", effective_weight="30"),
        line("viral_posts", "50", effective_weight="10"),
        line("team_impressions", "0", component="team"),
        line("leads_submitted", "0", dimension="conversion"),
    ]
    found = report("honours_shortlist", "2026-10", [person("a", lines=mine)], lists=DIMENSION)
    assert found.rows[0]["result"] == D("87.5")
    # 3 days of one part and 28 of another, as in the score: (3 · 0 + 28 · 100)/31
    parts = [line("impressions", "0", days=3), line("impressions", "100", days=28)]
    found = report("honours_shortlist", "2026-10", [person("a", lines=parts)], lists=DIMENSION)
    assert found.rows[0]["result"] == D("90.32")
    of_kpi = {"honours": [KPI_STAR["honours"][0] | {"of": "impressions"}]}
    found = report("honours_shortlist", "2026-10", [person("a", lines=parts)], lists=of_kpi)
    assert found.rows[0]["result"] == D("90.32")


@pytest.mark.req("004-I2")
def test_an_uplift_is_against_the_month_before_and_lower_is_better_where_it_is() -> None:
    now = [person("a", lines=[line("lead_conversion", value="0.06")]), person("b", lines=[line("lead_conversion")])]
    before = {"2026-09": [person("a", lines=[line("lead_conversion", value="0.05")])]}
    found = report("honours_shortlist", "2026-10", now, before, lists=UPLIFT)
    assert [(row["person_id"], row["result"]) for row in found.rows] == [("a", D(20))]
    cheaper = {"honours": [UPLIFT["honours"][0] | {"of": "cost_per_lead"}]}
    now = [person("a", lines=[line("cost_per_lead", value="4", direction="lower")])]
    before = {"2026-09": [person("a", lines=[line("cost_per_lead", value="5", direction="lower")])]}
    assert report("honours_shortlist", "2026-10", now, before, lists=cheaper).rows[0]["result"] == D(20)
    # 20 in half of the days are as many as 40 in all of them
    counted = {"honours": [UPLIFT["honours"][0] | {"of": "leads_submitted"}]}
    now = [person("a", lines=[line("leads_submitted", value="20", target_share=D("0.5"))])]
    before = {"2026-09": [person("a", lines=[line("leads_submitted", value="40")])]}
    assert report("honours_shortlist", "2026-10", now, before, lists=counted).rows[0]["result"] == D(0)
    none = report("honours_shortlist", "2026-10", now, lists=cheaper)
    assert none.rows == () and told(none) == [("honour_no_history", {"honour": "up"})]


def test_honours_are_of_months() -> None:
    assert "honours_shortlist" not in {one.report_id for one in honour_reports(facts("2026-Q3", crowd(a="1")))}


@pytest.mark.req("000-I7")
def test_teams_rank_by_their_mean_and_open_ones_have_bounds() -> None:
    def team(name: str, score: str, bounds: tuple[str, str] | None = None) -> list[Any]:
        return [person(f"{name}{index}", score, bounds, team=name) for index in range(5)]

    pools = [{"team_id": "x", "attainment_low": "93.456", "attainment_high": "93.456"}]
    people = [*team("x", "90"), *team("y", "80"), *team("z", "80"), *crowd(a="1")]
    found = report("team_ranking", "2026-10", people, pools=pools)
    assert states(found, "team_id", "place") == {"x": 1, "y": 2, "z": 2}
    assert states(found, "team_id") == {"x": "in", "y": "tied", "z": "tied"}
    assert found.rows[0]["team_attainment"] == D("93.46")
    assert told(found) == [("small_team", {"team": "t1", "people": "1", "least": "5"})]
    people = [*team("x", "90"), *team("y", "80", ("70", "95")), *team("z", "60")]
    found = report("team_ranking", "2026-10", people)
    assert states(found, "team_id") == {"x": "too_close", "y": "too_close", "z": "in"}


@pytest.mark.req("001-I4", "002-I4")
def test_weak_behaviour_is_listed_and_withheld_behaviour_is_not_weak() -> None:
    lines = [
        line("collaboration_360", "59.99", component="behaviour"),
        line("culture_fit_points", "60", component="behaviour"),
        line("work_attitude_points", None, component="behaviour"),
        line("impressions", "1"),
    ]
    found = report("behaviour_gaps", "2026", [person("a", lines=lines)])
    assert states(found, "kpi_id") == {"collaboration_360": "weak", "work_attitude_points": "withheld"}
    none = report("behaviour_gaps", "2026", [person("a")])
    assert none.rows == () and told(none) == [("no_behaviour", {})]


@pytest.mark.req("003-W12")
def test_cases_are_own_results_far_above_target() -> None:
    lines = [
        line("impressions", "120"),
        line("viral_posts", "119.99"),
        line("team_impressions", "150", component="team"),
        line("article_reads", "150", is_carried=True),
        line("cost_per_lead", "150", is_of_team=True),
    ]
    found = report("award_cases", "2026-10", [person("a", lines=lines)])
    assert [row["kpi_id"] for row in found.rows] == ["impressions"]


@pytest.mark.req("000-I2")
def test_entries_that_a_jury_judged_are_candidates_for_a_project_award() -> None:
    def judged(entry: str, name: str, score: str, period: str = "2026-10", by: str = "j") -> InnovationReview:
        row = {"period": period, "person_id": name, "entry_id": entry, "score": score, "reviewer_id": by}
        return InnovationReview.model_validate({**row, "source_row": 2, "source_file": "f"})

    reviews = (
        judged("live", "a", "80"),
        judged("live", "a", "90", by="i"),
        judged("poll", "b", "85"),
        judged("old", "c", "99", "2026-09"),
    )
    found = report("project_award_candidates", "2026-10", crowd(a="1"), innovation_reviews=reviews)
    assert [(row["place"], row["entry_id"], row["mean"], row["jurors"], row["status"]) for row in found.rows] == [
        (1, "live", D(85), 2, "tied"),
        (1, "poll", D(85), 1, "tied"),
    ]
    quarter = report("project_award_candidates", "2026-Q3", crowd(a="1"), innovation_reviews=reviews)
    assert [row["entry_id"] for row in quarter.rows] == ["old"]
    of_a_quarter = (*reviews, judged("campaign", "a", "70", "2026-Q2"), judged("gala", "a", "70", "2025-Q4"))
    year = report("project_award_candidates", "2026", crowd(a="1"), innovation_reviews=of_a_quarter)
    assert [row["entry_id"] for row in year.rows] == ["old", "live", "poll", "campaign"]
    assert told(report("project_award_candidates", "2026-10", crowd(a="1"))) == [("no_jury", {})]
