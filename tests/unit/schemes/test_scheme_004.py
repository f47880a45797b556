"""Scheme 004 says what is printed, and settles what is left open, in the file and nowhere else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.schemes import load_scheme, read_catalogue
from pipelines.schemes.lint import WARNING, lint_scheme
from pipelines.schemes.model import Role, Scheme

D = Decimal
PRINTED = {
    "content_operations": {"read_rate": 30, "brief_match_score": 20},
    "user_growth": {"follower_growth_rate_oa": 25, "event_participation_rate": 15},
    "data_analysis": {"funnel_accuracy": 40, "report_timeliness": 20},
    "event_planning": {"event_roi": 30, "proposals_adopted": 20},
}
TEAM = {"content_operations": 20, "user_growth": 30, "data_analysis": 10, "event_planning": 20}


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load_scheme("004")


def part(role: Role, name: str) -> dict[str, Decimal]:
    return dict(next(one.kpis for one in role.components if one.id == name))


@pytest.mark.req("004-R1")
@pytest.mark.req("004-R2")
def test_result_process_and_behaviour_weigh_70_20_10_and_the_rest_of_the_result_is_the_teams(scheme: Scheme) -> None:
    assert list(scheme.roles) == list(PRINTED)
    for name, role in scheme.roles.items():
        assert {one.id: one.weight for one in role.components} == {"result": 70, "process": 20, "behaviour": 10}
        own = {kpi: weight for kpi, weight in part(role, "result").items() if kpi in PRINTED[name]}
        assert own == PRINTED[name]
        team = {kpi: weight for kpi, weight in part(role, "result").items() if kpi not in PRINTED[name]}
        assert sum(team.values()) == TEAM[name]
        assert all(scheme.kpis[kpi].measured_on == "team" for kpi in team)
        assert all(scheme.kpis[kpi].measured_on == "person" for kpi in own)


def test_the_printed_targets(scheme: Scheme) -> None:
    targets = {kpi: rule.default_target.target for kpi, rule in scheme.kpis.items() if rule.default_target}
    assert targets["online_traffic_share"] == D("0.7")
    assert targets["follower_growth_rate_oa"] == D("0.3")
    assert (targets["cost_per_lead"], scheme.kpis["cost_per_lead"].direction) == (5, "lower")
    assert targets["existing_customer_revenue_share"] == D("0.6")
    assert (targets["read_rate"], targets["event_participation_rate"]) == (D("0.15"), D("0.1"))
    assert targets["report_timeliness"] == 1
    assert targets["initiative_points"] == 50
    proposals = scheme.kpis["proposals_adopted"]
    assert proposals.default_target is not None
    assert (proposals.default_target.target, proposals.default_target.per, proposals.period) == (
        3,
        "quarter",
        "quarter",
    )
    assert set(targets) == set(scheme.kpis)


@pytest.mark.req("004-K5")
@pytest.mark.req("004-K13")
def test_one_to_five_and_one_to_eight_are_a_number_and_a_convention(scheme: Scheme) -> None:
    for kpi, ratio, target in (("marketing_roi", "1:5", 5), ("event_roi", "1:8", 8)):
        default = scheme.kpis[kpi].default_target
        assert default is not None and default.stated_as is not None
        assert (default.stated_as.ratio, default.stated_as.convention, default.target) == (
            ratio, "profit_per_cost", target,
        )  # fmt: skip


@pytest.mark.req("004-K2")
def test_the_goal_of_plus_twenty_per_cent_is_relative(scheme: Scheme) -> None:
    default = scheme.kpis["lead_conversion_cohort"].default_target
    assert default is not None and default.target == D("0.03") * D("1.2")


@pytest.mark.req("004-K12")
def test_report_timeliness_stands_in_one_place(scheme: Scheme) -> None:
    places = [
        (name, one.id)
        for name, role in scheme.roles.items()
        for one in role.components
        if "report_timeliness" in one.kpis
    ]
    assert places == [("data_analysis", "result")]


@pytest.mark.req("004-K17")
@pytest.mark.req("004-K18")
@pytest.mark.req("004-K19")
@pytest.mark.req("004-K20")
@pytest.mark.req("004-K21")
@pytest.mark.req("004-R4")
@pytest.mark.req("004-R6")
def test_what_is_tracked_is_shown_to_everybody(scheme: Scheme) -> None:
    tracked = {"effective_interaction_rate", "ad_click_rate", "oa_follower_growth", "monthly_active_share"}
    tracked |= {"private_domain_order_share", "objective_score", "lead_cost_savings"}
    for role in scheme.roles.values():
        assert set(role.monitors) == tracked


@pytest.mark.req("004-I1")
@pytest.mark.req("004-I3")
def test_a_fifth_of_the_savings_and_a_tenth_of_the_excess_profit(scheme: Scheme) -> None:
    savings, profit = scheme.team_shares
    assert (savings.rate, savings.of, savings.period) == (20, "lead_cost_savings", "quarter")
    assert {gate.kpi for gate in savings.gates} == {"cost_per_lead", "lead_conversion_cohort", "utm_compliance"}
    target = scheme.kpis["cost_per_lead"].default_target
    assert target is not None
    assert next(gate.at_most for gate in savings.gates if gate.kpi == "cost_per_lead") == target.target
    assert (profit.rate, profit.of, profit.period) == (10, "excess_profit", "year")
    assert scheme.individual is not None and scheme.individual.by == "base"


def test_every_requirement_of_the_scheme_that_can_be_computed_is_named(scheme: Scheme) -> None:
    named = str(scheme.model_dump())
    for number in (*range(1, 16), "16a", "16b"):
        assert f"004-K{number}" in named, number
    for rule in ("R1", "R2", "R3", "I1", "I3", "D1"):
        assert f"004-{rule}" in named, rule


def test_lint_finds_no_error_and_says_what_the_printed_numbers_lack() -> None:
    found = lint_scheme("004")
    assert {one.severity for one in found} == {WARNING}
    told = " ".join(one.told("en") for one in found)
    for said in ("x23.3 a year", "one miss fails it", "loyalty (003-R1)", "no ability improvement"):
        assert said in told
    assert len(found) == 4


def test_its_kpis_are_in_the_catalogue(scheme: Scheme) -> None:
    shown = {kpi for role in scheme.roles.values() for kpi in role.monitors}
    assert set(scheme.kpis) | shown <= set(read_catalogue())
