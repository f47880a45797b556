"""Schemes 001 and 002 load and keep inside what is printed; every mistake of their blocks is told with its line."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import combinations

import pytest
from scheme_texts import SHIPPED_TEXTS as TEXTS

from pipelines.schemes import load_scheme, read_catalogue
from pipelines.schemes.model import Component, Scheme

D = Decimal
Mistakes = Callable[..., list[str]]
CLASS_1 = "      levels: [L3, L4, M1, M2]\n"
POOL = "\npool:\n  req: 001-I1\n"
PAYOUT = TEXTS["001"][TEXTS["001"].index("  payout:\n") : TEXTS["001"].rindex("  why:\n")]
CLASSES = TEXTS["001"][TEXTS["001"].index("  classes:\n") : TEXTS["001"].index("  payout:\n")]
LONGER = TEXTS["001"][TEXTS["001"].index("longer_kpis:\n") : TEXTS["001"].index("roles:\n")]

#: The printed ranges of 001's table, by KPI.
RANGES = {
    "member_growth_rate": (15, 20),
    "new_customers": (10, 15),
    "event_participation_rate": (15, 20),
    "content_interaction_rate": (10, 15),
    "community_sales": (20, 25),
    "member_retention_60": (5, 10),
    "content_output_rate": (10, 15),
    "first_reply_within_sla": (5, 10),
    "collaboration_360": (10, 10),
    "culture_fit_points": (10, 10),
}


def components(scheme: Scheme) -> list[tuple[str, tuple[Component, ...]]]:
    found = [(name, role.components) for name, role in scheme.roles.items()]
    return found + [
        (f"{name} {level}", block.components)
        for name, role in scheme.roles.items()
        for level, block in role.levels.items()
    ]


@pytest.mark.req("001-R1")
@pytest.mark.req("001-R3")
def test_scheme_001_weighs_80_to_20_with_four_or_five_kpis_inside_the_printed_ranges() -> None:
    for name, parts in components(load_scheme("001")):
        assert {part.id: part.weight for part in parts} == {"performance": D(80), "behaviour": D(20)}, name
        performance, behaviour = parts
        assert 4 <= len(performance.kpis) <= 5, name
        assert dict(behaviour.kpis) == {"collaboration_360": D(10), "culture_fit_points": D(10)}
        for kpi, weight in performance.kpis.items():
            if kpi in RANGES:
                low, high = RANGES[kpi]
                assert low <= weight <= high, (name, kpi)


def test_the_arithmetic_of_the_printed_table_is_as_the_scheme_file_says() -> None:
    rows = list(RANGES.values())[:8]
    assert (sum(low for low, _ in rows), sum(high for _, high in rows)) == (90, 130)
    fitting = {
        count: sum(
            sum(low for low, _ in chosen) <= 80 <= sum(high for _, high in chosen)
            for chosen in combinations(rows, count)
        )
        for count in (3, 4, 5)
    }
    assert fitting == {3: 0, 4: 3, 5: 39}


@pytest.mark.req("001-R4")
def test_management_weighs_commercial_value_and_the_executing_level_operation() -> None:
    scheme = load_scheme("001")
    commercial = {kpi for kpi, rule in scheme.kpis.items() if rule.dimension == "commercial"} | {"new_customers"}

    def share(parts: tuple[Component, ...]) -> Decimal:
        return sum((w for part in parts for kpi, w in part.kpis.items() if kpi in commercial), D(0))

    assert share(scheme.roles["manager"].components) == 50
    for role in ("content", "customer_service", "growth"):
        assert share(scheme.roles[role].components) < 50
        assert {share(level.components) for level in scheme.roles[role].levels.values()} == {D(50)}


@pytest.mark.req("001-R2")
def test_scheme_001_counts_sales_by_quarter_and_behaviour_by_year() -> None:
    scheme = load_scheme("001")
    by_period = {kpi: rule.period for kpi, rule in scheme.kpis.items() if rule.period != "month"}
    assert by_period == {
        "community_sales": "quarter",
        "member_retention_60": "quarter",
        "customer_referral_rate": "quarter",
        "collaboration_360": "year",
        "culture_fit_points": "year",
    }
    assert scheme.longer_kpis is not None
    assert scheme.longer_kpis.in_shorter == "leave_out"


@pytest.mark.req("001-I1")
@pytest.mark.req("001-R5")
@pytest.mark.req("001-R6")
def test_scheme_001_has_both_classes_a_deduction_for_bought_growth_its_guards_and_stages() -> None:
    scheme = load_scheme("001")
    assert scheme.pool is None and scheme.individual is not None
    amounts = {level: one.amount for one in scheme.individual.classes for level in one.levels}
    assert amounts == dict.fromkeys(("L3", "L4", "M1", "M2"), D(1200)) | dict.fromkeys(("L1", "L2"), D(1000))
    gate = next(one for one in scheme.gates if one.id == "low_quality_growth")
    assert (gate.effect, gate.of, gate.at_most) == ("deduct", "member_growth_rate", None)
    assert gate.is_broken_by(D("0.39")) and not gate.is_broken_by(D("0.4"))
    for role in scheme.roles.values():
        assert {"group_leave_rate", "speaking_rate", "csat_top2_share"} <= set(role.monitors)
    assert "user_interviews" in scheme.roles["community_startup"].components[0].kpis
    assert "customer_referral_rate" in scheme.roles["community_mature"].components[0].kpis


@pytest.mark.req("002-I1")
@pytest.mark.req("002-I5")
def test_scheme_002_covers_its_nine_kpis_and_pays_the_target_bonus_with_penalties() -> None:
    scheme, catalogue = load_scheme("002"), read_catalogue()
    assert scheme.individual is not None and scheme.individual.by == "base"
    assert {gate.effect for gate in scheme.gates} == {"deduct"}
    named = ",".join(rule.req for rule in scheme.kpis.values())
    assert all(f"002-K{number}" in named for number in range(1, 10))
    for role in scheme.roles.values():
        assert sum(len(part.kpis) for part in role.components) == 5
        assert set(role.monitors) <= set(catalogue)
    shown = {kpi for role in scheme.roles.values() for kpi in role.monitors}
    assert {"members_joined", "members_left", "members_removed"} <= shown


@pytest.mark.parametrize("name", ["001", "002", "003"])
def test_every_weighted_kpi_has_a_default_target(name: str) -> None:
    assert all(rule.default_target for rule in load_scheme(name).kpis.values())


@pytest.mark.parametrize(
    ("scheme", "old", "new", "where", "problem"),
    [
        ("001", "individual:\n", "singular:\n", "", "a scheme pays by exactly one of pool and individual"),
        ("001", "\nindividual:\n", POOL + "individual:\n", "individual", "exactly one of pool and individual"),
        ("001", "month: 50", "month: 60", "individual.shares", "month, quarter and year pay 110 in all, not 100"),
        ("001", "by: category", "by: base", "individual.classes", "pays the target bonus of the position and has no"),
        ("001", "by: category", "by: rank", "individual.by", "this is none of the allowed values (value: 'rank')"),
        ("001", CLASSES, "", "individual.classes", "`by: category` needs classes"),
        ("001", PAYOUT, "", "individual.payout", "`by: category` needs a payout curve"),
        ("001", "by: category", "by: band", "individual.payout", "pays a band's whole amount and has no payout"),
        ("001", "by: category", "by: band", "individual.classes[0].levels", "knows no level"),
        ("001", "by: category", "by: band", "individual.classes[0].at_least", "no score from which it holds"),
        ("001", CLASS_1, "", "individual.classes[0].levels", "the class lists no level"),
        ("001", CLASS_1, CLASS_1 + "      at_least: 3\n", "individual.classes[0].at_least", "no band of the score"),
        ("001", "levels: [L1, L2]", "levels: [L1, L3]", "individual.classes[1].levels[1]", "L3 stands twice"),
        ("001", "id: class_2", "id: class_1", "individual.classes[1].id", "class_1 stands twice"),
        ("001", "amount: 1000", "amount: -1", "individual.classes[1].amount", "this does not fit"),
        ("001", "      - [120, 120]\n    why: {zh: 得一分", "      - [120, 90]\n    why: {zh: 得一分",
         "individual.payout.points[2]", "a higher input gives a lower output"),
        ("001", LONGER, "", "kpis.community_sales.period", "the scheme does not say what shorter ones do"),
        ("000", "vetoes:\n", LONGER + "vetoes:\n", "longer_kpis", "no KPI counts by quarter or year"),
        ("001", "in_shorter: leave_out", "in_shorter: drop", "longer_kpis.in_shorter", "none of the allowed values"),
        ("001", "period: quarter", "period: week", "kpis.community_sales.period", "none of the allowed values"),
        ("001", "target: 0.05\n", "per: quarter\n      target: 0.05\n", "kpis.member_growth_rate.default_target.per",
         "per is for KPIs that add up"),
        ("001", "at_least: 0.4", "at_least: 0.4\n    at_most: 1", "gates[0].at_least", "exactly one bound"),
        ("001", "    at_most: 0.02\n", "", "gates[1].at_most", "a gate has exactly one bound, at_most or at_least"),
        ("001", "community_sales: 25", "community_sales: 20", "roles.content.levels.M1.components[0].kpis",
         "the KPIs weigh 75, their component 80"),
        ("001", "community_sales: 25", "viral_posts: 25", "roles.content.levels.M1.components[0].kpis.viral_posts",
         "viral_posts has no rule"),
        ("001", "csat_top2_share, community_roi, neg", "csat_top2_share, roi, neg",
         "roles.content.levels.M1.monitors[3]", "the KPI catalogue has no roi"),
        ("001", "        req: 001-R4\n        components", "        components", "roles.content.levels.M1.req",
         "a required key is missing"),
        ("001", "of: member_growth_rate", "of: community_roi", "gates[0].of",
         "no role that it binds has this component"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_line_and_a_mend(
    mistakes: Mistakes, scheme: str, old: str, new: str, where: str, problem: str
) -> None:
    told = mistakes(scheme, (old, new))
    place = f", column {where}: " if where else ": "
    hits = [item for item in told if place in item and problem in item]
    assert hits, told
    for item in told:
        assert "scheme_x.yaml, row " in item
        assert ". " in item, "a finding without a mend"
    assert any(mistakes(scheme, (old, new), lang="zh"))


def test_the_line_is_that_of_the_mistake(mistakes: Mistakes) -> None:
    (told,) = mistakes("001", ("levels: [L1, L2]", "levels: [L1, L3]"))
    line = TEXTS["001"][: TEXTS["001"].index("levels: [L1, L2]")].count("\n") + 1
    assert told.startswith(f"scheme_x.yaml, row {line}, column individual.classes[1].levels[1]: L3 stands twice")


def test_bands_must_differ_and_never_pay_less_for_more(mistakes: Mistakes) -> None:
    bands = (("by: category", "by: band"), (PAYOUT, ""), (CLASS_1, "      at_least: 80\n"))
    same = mistakes("001", *bands, ("      levels: [L1, L2]\n", "      at_least: 80\n"))
    assert [item for item in same if "classes[1].at_least: two bands hold from the same score" in item]
    falling = mistakes("001", *bands, ("      levels: [L1, L2]\n", "      at_least: 100\n"))
    assert [item for item in falling if "classes[1].amount: a higher band pays less" in item]


def test_a_pool_needs_kpis_that_every_level_has_and_that_months_count(mistakes: Mistakes) -> None:
    level = (
        "    why: {zh: 共五项指标，避免稀释。",
        "    levels:\n      M1: {req: 000-R2, components: [{id: a, title: {zh: 无, en: no}, req: 000-R2, weight: 100, "
        "kpis: {site_clicks: 100}, why: {zh: 无, en: no}}], why: {zh: 无, en: no}}\n"
        "    why: {zh: 共五项指标，避免稀释。",
    )
    told = mistakes("000", level)
    assert [item for item in told if "the role content (M1) lacks the pool's KPI team_impressions" in item]
    yearly = ("    req: 000-K27, 000-K02\n", "    req: 000-K27, 000-K02\n    period: year\n")
    told = mistakes("000", yearly, ("vetoes:\n", LONGER + "vetoes:\n"))
    assert [item for item in told if "team_impressions counts by quarter or year and is left out of months" in item]
