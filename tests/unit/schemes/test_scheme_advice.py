"""Advice on schemes: each rule is fed its defect, and the shipped scheme gets what was judged right and no more."""

# ruff: noqa: E501 - the tables of changes to YAML text read worse when wrapped

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from scheme_texts import SHIPPED_TEXTS, changed

from pipelines.schemes import read_catalogue
from pipelines.schemes.advice import PastValues, scheme_advice
from pipelines.schemes.advice.balance import axis_of
from pipelines.schemes.advice.curves import jumps
from pipelines.schemes.advice.overlap import overlap
from pipelines.schemes.lint import ERROR, WARNING, Marked, lint_scheme, summary
from pipelines.schemes.loader import SHIPPED
from pipelines.schemes.yaml_lines import parse
from pipelines.texts.advice import TEXTS

SHIPPED_000 = SHIPPED_TEXTS["000"]
Lint = Callable[..., list[Marked]]
CONTENT = "kpis: {engagement_rate_original: 35, original_content_share: 20, posting_frequency: 15}"
TEAM_POOL = "  kpis: {team_net_follower_growth: 50, team_impressions: 50}"

OBJECTIVES = SHIPPED_000[SHIPPED_000.index("objectives:\n") : SHIPPED_000.index("dimensions:\n")]


def line_of(fragment: str, text: str = SHIPPED_000) -> int:
    return text[: text.index(fragment)].count("\n") + 1


def line_of_next(fragment: str, text: str, begin: int) -> int:
    return text[: text.index(fragment, begin)].count("\n") + 1


@pytest.fixture
def lint(tmp_path: Path) -> Lint:
    """Lint the shipped scheme after (old, new) replacements."""

    def run(*changes: tuple[str, str], lang: str = "en", past: dict[str, PastValues] | None = None) -> list[Marked]:
        path = tmp_path / "scheme_x.yaml"
        path.write_text(changed("000", *changes), encoding="utf-8")
        return lint_scheme(path, past=past, lang=lang)

    return run


def kpi(name: str, target: str, *, more: str = "", dimension: str = "growth") -> str:
    """A rule of one more KPI, in the place before `roles`."""
    return (
        f"  {name}:\n    req: 003-K01\n    dimension: {dimension}\n    method: baseline\n    curve: standard\n{more}"
        f"    default_target:\n      baseline: 0\n      target: {target}\n      why: {{zh: 默认, en: a default}}\n"
        "    why: {zh: 原因, en: a reason}\n\nroles:"
    )


# what the file is changed by; where the advice is; a part of what it says, or the rule's text as a whole
CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "kpis.few",
        [(CONTENT, "kpis: {engagement_rate_original: 70}"), ("{team_net_follower_growth: 15, team_impressions: 15}", "{team_net_follower_growth: 30}"), (TEAM_POOL, "  kpis: {team_net_follower_growth: 100}")],
        "COMPONENTS:content",
        "the role content has 2 performance KPIs (2 KPIs in all)",
    ),
    (
        "kpis.many",
        [(CONTENT, "kpis: {engagement_rate_original: 35, original_content_share: 20, posting_frequency: 5, leads_submitted: 10}")],
        "COMPONENTS:content",
        "the role content has 6 performance KPIs (6 KPIs in all); more than five dilute",
    ),
    (
        "kpi.light",
        [("engagement_rate_original: 35, original_content_share: 20, posting_frequency: 15", "engagement_rate_original: 46, original_content_share: 20, posting_frequency: 4")],
        "kpis: {engagement_rate_original: 46",
        "posting_frequency weighs 4 %; below 5 %",
    ),
    (
        "kpi.heavy",
        [("engagement_rate_original: 35, original_content_share: 20, posting_frequency: 15", "engagement_rate_original: 55, original_content_share: 10, posting_frequency: 5")],
        "kpis: {engagement_rate_original: 55",
        "engagement_rate_original weighs 55 %, more than all other KPIs together (value: 55)",
    ),
    (
        "kpi.heavy, as another dimension is off",
        [("enabled: true", "enabled: false")],
        "kpis: {net_follower_growth: 30",
        "net_follower_growth weighs 70 %",
    ),
    (
        "curve.cliff, a threshold",
        [("- [50, 0]", "- [80, 50]")],
        "- [80, 50]",
        "the curve has cliffs at an attainment of 80 % (+50) (in points): moving a result across such a line pays, up to 17.5 points",
    ),
    (
        "curve.cliff, a step",
        [("    kind: linear\n    points:\n      - [50, 0]", "    kind: step\n    points:\n      - [50, 10]")],
        "- [50, 10]",
        "at an attainment of 50 % (+10), 100 % (+90), 130 % (+20) (in points): moving a result across such a line pays, up to 31.5",
    ),
    (
        "curve.cliff, a jump",
        [("      - [100, 100]\n      - [130", "      - [100, 90]\n      - [100, 100]\n      - [130")],
        "- [100, 100]",
        "cliffs at an attainment of 100 % (+10) (in points)",
    ),
    (
        "curve.flat",
        [("- [50, 0]\n      - [100, 100]\n      - [130, 120]", "- [0, 100]\n      - [100, 100]")],
        "points:\n      - [0, 100]",
        "the curve gives 100 points everywhere",
    ),
    (
        "curve.low_cap",
        [("- [100, 100]\n      - [130, 120]", "- [100, 80]\n      - [130, 90]")],
        "- [130, 90]",
        "the curve ends at 90 points: even at target nobody gets 100",
    ),
    (
        "factor.cliff",
        [],
        "- [80, 80]",
        "the pool factor has cliffs at a team attainment of 80 % (+20), 100 % (+20), 120 % (+20)",
    ),
    (
        "factor.flat",
        [("- [0, 60]\n      - [80, 80]\n      - [100, 100]\n      - [120, 120]", "- [0, 100]\n      - [120, 100]")],
        "points:\n      - [0, 100]",
        "the pool factor is 100 % whatever the team reaches",
    ),
    ("factor.low_cap", [("- [100, 100]\n      - [120, 120]", "- [100, 90]")], "- [100, 90]", "the pool factor ends at 90 %"),
    (
        "personal_cap.cliff",
        [("- [0, 0]\n      - [100, 150]", "- [0, 0]\n      - [60, 50]\n      - [60, 90]\n      - [100, 150]")],
        "- [60, 90]",
        "the personal cap has cliffs at a score of 60 (+40)",
    ),
    ("personal_cap.flat", [("- [0, 0]\n      - [100, 150]\n      - [120, 180]", "- [0, 150]\n      - [120, 150]")], "points:\n      - [0, 150]", "the personal cap is 150 % whatever the score"),
    ("personal_cap.low_cap", [("- [100, 150]\n      - [120, 180]", "- [100, 95]")], "- [100, 95]", "the personal cap ends at 95 %"),
    ("balance.only_result", [], "COMPONENTS:growth", "the role growth has result KPIs only and no process KPI (000-P4)"),
    (
        "balance.only_process",
        [(CONTENT, CONTENT.replace("35", "65")), ("        weight: 30\n        kpis: {team_net_follower_growth: 15, team_impressions: 15}\n        why: {zh: 三成共担，个人仍能左右大部分。, en: Three tenths shared; a person still decides most of the own score.}\n      - id: role\n        title: {zh: 岗位指标, en: Role}\n        req: 000-R2, 000-K25\n        weight: 70", "        weight: 100")],
        "COMPONENTS:content",
        "the role content has process KPIs only and no result KPI",
    ),
    (
        "balance.no_team",
        [("kpis: {team_net_follower_growth: 15, team_impressions: 15}", "kpis: {leads_submitted: 15, conversion_revenue: 15}")],
        "COMPONENTS:content",
        "the role content has no team KPI (000-R2)",
    ),
    (
        "balance.no_individual",
        [("kpis: {team_net_follower_growth: 35, team_impressions: 35}", "kpis: {team_net_follower_growth: 70}"), ("kpis: {site_clicks: 30}", "kpis: {team_impressions: 30}")],
        "COMPONENTS:data_analyst",
        "the role data_analyst has team KPIs only and none of its own (000-R2)",
    ),
    (
        "balance.growth_only",
        [("kpis: {site_clicks: 30}", "kpis: {net_follower_growth: 30}")],
        "COMPONENTS:data_analyst",
        "growth is the only dimension of the role data_analyst (003-G1)",
    ),
    (
        "balance.commercial_only",
        [("kpis: {team_net_follower_growth: 35, team_impressions: 35}", "kpis: {leads_submitted: 35, conversion_revenue: 35}")],
        "COMPONENTS:data_analyst",
        "all performance KPIs of the role data_analyst are commercial (003-G6)",
    ),
    ("balance.growth_heaviest", [], "COMPONENTS:growth", "growth weighs most in the role growth, 60 %"),
    ("balance.horizon", [], "roles:\n  content", "no KPI that pays has this horizon: long term (003-R1"),
    ("balance.axis", [], "roles:\n  content", "no KPI that pays lifts: loyalty (003-R1). The axes follow from the catalogue's dimension"),
    ("balance.perspective", [], "roles:\n  content", "no KPI that pays has this perspective of the balanced scorecard: learning and growth (003-R8)"),
    ("balance.no_learning", [], "roles:\n  content", "no ability improvement is asked of: content, customer_service, data_analyst, growth (003-R12)"),
    (
        "objective.none",
        [(OBJECTIVES, ""), *((f"    objective: {one}\n", "") for one in ("brand_volume", "loyalty", "brand_volume", "leads", "loyalty"))],
        "dimensions:\n  growth",
        "the scheme states no objectives",
    ),
    (
        "objective.idle",
        [("  leads:\n    title: {zh: 线索", "  talent:\n    title: {zh: 人才, en: Talent}\n    req: 000-P1\n    why: {zh: 一, en: one}\n  leads:\n    title: {zh: 线索")],
        "  talent:\n",
        "no KPI that pays serves the objective talent",
    ),
    (
        "dimension.empty",
        [("dimensions:\n", "dimensions:\n  value:\n    title: {zh: 价值, en: Value}\n    req: 000-R6\n    why: {zh: 一, en: one}\n")],
        "  value:\n",
        "no KPI that pays and no gate belongs to the dimension value",
    ),
    (
        "dimension.empty, its gate is gone",
        [("    kpi: security_incidents", "    kpi: posting_frequency")],
        "  community_health:",
        "belongs to the dimension community_health",
    ),
    (
        "dimension.missing",
        [("  community_health:", "  wellbeing:")],
        "dimensions:\n  growth",
        "of the five dimensions of 000-R6 these are missing: community_health",
    ),
    (
        "overlap.records",
        [],
        "kpis: {first_reply_minutes_p50: 30",
        "first_reply_minutes_p50 and first_reply_within_sla are moved by the same records and weigh 60 % together",
    ),
    (
        "overlap.team",
        [],
        "kpis: {net_follower_growth: 30",
        "team_net_follower_growth and net_follower_growth count the same records, one of the person and one of the team, and weigh 45 %",
    ),
    (
        "denominator.stray",
        [("\nroles:", kpi("engagement_rate_impressions", "0.02", dimension="interaction")), ("{first_reply_minutes_p50: 30, first_reply_within_sla: 30, ", "{engagement_rate_impressions: 30, first_reply_within_sla: 30, ")],
        "kpis: {engagement_rate_impressions: 30",
        "engagement_rate_impressions divides by impressions, and engagement_rate_original of the same scheme divides the same by followers at post time",
    ),
    (
        "target.compounds",
        [("\nroles:", kpi("follower_growth_rate_x", "0.3"))],
        "target: 0.3\n",
        "30 % a month compounds to x23.3 a year",
    ),
    ("target.at_limit", [("target: 0.7\n", "target: 1\n")], "target: 1\n", "the target is the most that can occur, 1"),
    ("target.above_whole", [("    limit: 1 # a", "    # a"), ("target: 0.7\n", "target: 70\n")], "target: 70\n", "the target is 7000 % of a whole"),
    (
        "veto.none",
        [(SHIPPED_000[SHIPPED_000.index("vetoes:\n") : SHIPPED_000.index("gates:\n")], "")],
        "scheme_id:",
        "no veto or correction by content quality, which 000-R1 makes a key KPI",
    ),
    ("veto.overlap", [("    at_least: 40\n", "    at_least: 30\n")], "below: 60", "the bands of content_quality_veto and content_quality_correction overlap"),
    ("effect.nothing", [("amount: 0.8", "amount: 1")], "amount: 1\n", "content_quality_correction leaves the score as it is"),
    ("period.quarter", [], "  team_impressions:", "the KPI catalogue means team_impressions by the quarter, while the scheme scores it by month too and pays 70 % so"),
    (
        "period.year",
        [("\nroles:", kpi("work_attitude_points", "4")), ("kpis: {site_clicks: 30}", "kpis: {work_attitude_points: 30}")],
        "  work_attitude_points:",
        "by the year, while the scheme scores shorter periods too and pays 90 % so",
    ),
    ("why.empty", [("why: {zh: 团队目标 600 的三分之一。, en: A third of the team's 600.}", 'why: {zh: " ", en: A third.}')], 'why: {zh: " "', "no reason is given, or it is the same text in both languages"),
]  # fmt: skip


# the requirements that a rule serves
SERVES = {
    "objective.none": ["000-P1"],
    "objective.idle": ["000-P1"],
    "balance.commercial_only": ["003-G6"],
    "kpis.few": ["001-R3"],
    "kpis.many": ["001-R3"],
    "kpi.light": ["001-G3"],
    "factor.flat": ["000-I1"],
    "balance.only_result": ["000-P4"],
    "balance.only_process": ["000-P4"],
    "balance.no_team": ["000-R2"],
    "balance.no_individual": ["000-R2"],
    "balance.growth_only": ["003-R7", "003-G1"],
    "balance.growth_heaviest": ["003-R7", "003-G1"],
    "balance.horizon": ["003-R1", "003-G7"],
    "balance.axis": ["003-R1"],
    "balance.perspective": ["003-R8"],
    "balance.no_learning": ["003-R12"],
    "dimension.empty": ["000-R6"],
    "dimension.missing": ["000-R6"],
    "target.compounds": ["003-G2"],
    "veto.none": ["000-R1"],
}


def marked_case(case: tuple[str, list[tuple[str, str]], str, str]) -> Any:
    marks = [pytest.mark.req(req) for req in SERVES.get(case[0].partition(",")[0], [])]
    return pytest.param(*case, id=case[0], marks=marks)


@pytest.mark.parametrize(("rule", "changes", "where", "said"), [marked_case(case) for case in CASES])
def test_each_rule_sees_its_defect(
    lint: Lint, rule: str, changes: list[tuple[str, str]], where: str, said: str
) -> None:
    text = changed("000", *changes)
    (one,) = [one for one in lint(*changes) if said in one.told("en")]
    if where.startswith("COMPONENTS:"):
        role = text.index(f"\n  {where.removeprefix('COMPONENTS:')}:\n    title: ", text.index("\nroles:"))
        line = line_of_next("    components:", text, role)
    else:
        line = line_of(where, text)
    assert (one.severity, one.finding.row) == (WARNING, line)
    assert one.finding.mend
    assert one.told("en").startswith(f"warning: scheme_x.yaml, line {line}, ")
    assert f"advice.{rule.partition(',')[0]}" in {
        issue.key for issue in scheme_advice(parse(text).data, read_catalogue())
    }


def test_every_rule_has_a_case() -> None:
    rules = {key.removeprefix("advice.") for key in TEXTS if not key.endswith(".mend") and ".term." not in key}
    tested = {case[0].partition(",")[0] for case in CASES}
    below = {"balance.same_weights", "target.unreachable", "target.beaten_by_all"}
    assert rules - tested == below | {"payout.cliff", "payout.flat", "payout.low_cap"}


PAYOUT = "  payout:\n    kind: linear\n    points:\n      - [0, 0]\n      - [100, 100]\n      - [120, 120]\n"


@pytest.mark.parametrize(
    ("points", "where", "says"),
    [
        ("[[0, 0], [80, 50], [80, 80], [100, 100]]", "points[2]", "the payout has cliffs at a score of 80 (+30)"),
        ("[[0, 100], [120, 100]]", "points", "the payout is 100 % whatever the score"),
        ("[[0, 0], [120, 90]]", "points[1]", "the payout ends at 90 %"),
    ],
)
def test_payout_curves_are_looked_at_too(tmp_path: Path, points: str, where: str, says: str) -> None:
    text = (SHIPPED / "scheme_002.yaml").read_text(encoding="utf-8")
    assert PAYOUT in text
    path = tmp_path / "scheme_x.yaml"
    path.write_text(text.replace(PAYOUT, f"  payout:\n    kind: linear\n    points: {points}\n"), encoding="utf-8")
    found = [one for one in lint_scheme(path) if one.finding.column.startswith("individual.payout")]
    assert [(one.severity, one.finding.column) for one in found] == [(WARNING, f"individual.payout.{where}")]
    assert says in found[0].finding.problem


def test_a_level_is_looked_at_like_a_role(tmp_path: Path) -> None:
    text = (SHIPPED / "scheme_001.yaml").read_text(encoding="utf-8")
    place = text.index("    levels:\n")
    heavier = {
        "community_sales: 25": "community_sales: 54",
        "              member_retention_60: 10\n": "",
        "              member_growth_rate: 15\n": "",
        "new_customers: 15": "new_customers: 11",
    }
    level = text[place:]
    for old, new in heavier.items():
        assert old in level
        level = level.replace(old, new, 1)
    edited = text[:place] + level
    path = tmp_path / "scheme_x.yaml"
    path.write_text(edited, encoding="utf-8")
    told = [one.finding for one in lint_scheme(path) if "levels.M1" in one.finding.column]
    assert [one for one in told if one.column.endswith("kpis.community_sales") and "54 %" in one.problem]


def test_a_kpi_that_the_scheme_counts_by_the_quarter_is_paid_by_no_month() -> None:
    found = [one.finding for one in lint_scheme("001")]
    assert not [one for one in found if "community_sales" in one.problem and "by the quarter" in one.problem]


def test_the_shipped_scheme_gets_this_advice_and_no_other() -> None:
    """Every one is justified; the scheme's own numbers are defaults that a company replaces."""
    found = [(one.severity, one.finding.column, one.finding.problem.split(" (")[0][:44]) for one in lint_scheme("000")]
    assert found == [
        (WARNING, "kpis.team_net_follower_growth", "the KPI catalogue means team_net_follower_gr"),
        (WARNING, "kpis.team_impressions", "the KPI catalogue means team_impressions by "),
        (WARNING, "roles", "no KPI that pays has this horizon: long term"),
        (WARNING, "roles", "no KPI that pays lifts: loyalty"),
        (WARNING, "roles", "no KPI that pays has this perspective of the"),
        (WARNING, "roles", "no ability improvement is asked of: content,"),
        (WARNING, "roles.customer_service.components[1].kpis.first_reply_within_sla", "first_reply_minutes_p50 and first_reply_with"),
        (WARNING, "roles.data_analyst.components", "the role data_analyst has result KPIs only a"),
        (WARNING, "roles.data_analyst.components", "growth weighs most in the role data_analyst,"),
        (WARNING, "roles.growth.components", "the role growth has result KPIs only and no "),
        (WARNING, "roles.growth.components", "growth weighs most in the role growth, 60 %;"),
        (WARNING, "roles.growth.components[1].kpis.net_follower_growth", "team_net_follower_growth and net_follower_gr"),
        (WARNING, "pool.factor.points[1]", "the pool factor has cliffs at a team attainm"),
    ]  # fmt: skip


@pytest.mark.req("003-G3")
@pytest.mark.req("000-G3")
def test_the_same_weights_for_all_roles_are_told(lint: Lint) -> None:
    begin, end = (
        SHIPPED_000.index("  customer_service:\n    title"),
        SHIPPED_000.index("# Content quality is a key veto"),
    )
    content = SHIPPED_000[SHIPPED_000.index("  content:\n    title: {zh: 内容, en: Content}\n") : begin]
    twin = content.replace("  content:\n", "  growth:\n", 1)
    told = [one.finding for one in lint((SHIPPED_000[begin:end], twin))]
    (same,) = [one for one in told if "all 2 roles have the same KPIs with the same weights" in one.problem]
    assert (same.row, same.column) == (line_of("roles:\n"), "roles")


PAST = PastValues(12, 48, *map(Decimal, ("310", "350", "420", "530", "590")), Decimal(290), Decimal(595))


@pytest.mark.req("003-G2")
@pytest.mark.parametrize(
    ("kpi_id", "target", "new", "said"),
    [
        (
            "team_net_follower_growth",
            "target: 600",
            "target: 600",
            "the best value ever is 595; of 48 person-months in the last 12 months half reached 420 and one in ten 530",
        ),
        ("team_net_follower_growth", "target: 600", "target: 595", None),
        ("team_net_follower_growth", "target: 600", "target: 310", None),
        (
            "team_net_follower_growth",
            "target: 600",
            "target: 300",
            "the worst of 48 person-months in the last 12 months is 310, half reached 420 and one in ten 530",
        ),
        ("first_reply_minutes_p50", "target: 60\n", "target: 280\n", "nobody ever reached this target: the best value ever is 290"),
        ("first_reply_minutes_p50", "target: 60\n", "target: 600\n", "the worst of 48 person-months in the last 12 months is 590, half reached 420 and one in ten 350"),
        ("first_reply_minutes_p50", "target: 60\n", "target: 400\n", None),
    ],
)  # fmt: skip
def test_targets_are_held_against_what_was_reached(
    lint: Lint, kpi_id: str, target: str, new: str, said: str | None
) -> None:
    marked = lint((target, new), past={kpi_id: PAST})
    found = [one.finding for one in marked if one.finding.column == f"kpis.{kpi_id}.default_target.target"]
    if said is None:
        assert not found
    else:
        (one,) = found
        assert said in one.problem
        assert one.row == line_of(target)


def test_a_short_history_says_nothing_of_targets(lint: Lint) -> None:
    few = PastValues(2, 8, *map(Decimal, (1, 2, 3, 4, 5, 1, 5)))
    assert not [one for one in lint(past={"team_net_follower_growth": few}) if "reached" in one.finding.problem]


def test_a_cliff_is_where_a_hair_of_input_changes_the_output() -> None:
    def points(*pairs: tuple[int, int]) -> list[tuple[Decimal, Decimal]]:
        return [(Decimal(a), Decimal(b)) for a, b in pairs]

    assert jumps("linear", points((50, 0), (100, 100))) == []
    assert jumps("linear", points((80, 50), (100, 100), (100, 120))) == [(0, 80, 50), (2, 100, 20)]
    assert jumps("step", points((0, 60), (80, 80))) == [(0, 0, 60), (1, 80, 20)]


def test_overlap_and_axes_follow_from_the_catalogue() -> None:
    catalogue = read_catalogue()
    pairs = {(a.kpi_id, b.kpi_id) for a, b in combinations(catalogue.values(), 2) if overlap(a, b)}
    for pair in (
        ("impressions", "team_impressions"),
        ("first_reply_minutes_p50", "first_reply_minutes_p90"),
        ("members_left", "group_leave_rate"),
        ("member_retention_30", "member_retention_60"),
    ):
        assert pair in pairs
    for pair in (
        ("first_reply_minutes_calendar_p50", "resolution_minutes_p50"),
        ("dm_quality_score", "content_quality_score"),
        ("culture_fit_points", "work_attitude_points"),
        ("net_follower_growth", "impressions"),
    ):
        assert pair not in pairs
    assert [axis_of(catalogue[k]) for k in ("repurchase_rate", "average_order_value", "order_completion_rate")] == [
        "loyalty",
        "commercial",
        "",
    ]
    assert axis_of(catalogue["net_follower_growth"]) == ""


def test_errors_and_warnings_come_together_in_the_order_of_the_file(lint: Lint) -> None:
    marked = lint(("effective_from: 2000-01-01", "effective_from: 2016-02-01"), ("month: 70", "month: 75"))
    rows = [one.finding.row for one in marked]
    assert rows == sorted(rows)
    assert [one.severity for one in marked].count(ERROR) == 2
    assert marked[0].finding.column == "effective_from"
    assert summary(marked, "en") == "2 errors, 13 warnings"
    assert summary(marked, "zh") == "2 个错误，13 条建议"


def test_a_file_that_is_no_yaml_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "scheme_x.yaml"
    path.write_text("a: [", encoding="utf-8")
    (one,) = lint_scheme(path)
    assert (one.severity, one.finding.problem, one.finding.row) == (ERROR, "this is not valid YAML", 1)
    for text in ("", "just words", "- a\n", "kpis: 3\nroles: []\npool: x\ncurves: {a: 1}\nvetoes: [1]\n"):
        path.write_text(text, encoding="utf-8")
        assert {one.severity for one in lint_scheme(path)} >= {ERROR}


# what is changed, what is said of it, and a part of the line where, if that is not the changed one
TWENTY: list[tuple[str, str, str, str]] = [
    ('version: "1.0.0"', 'version: "one"', "this is not written as required", ""),
    ("effective_from: 2000-01-01", "effective_from: 2016-05-01", "the scheme does not start with a quarter", ""),
    ("enabled: true", "enabld: true", "a scheme has no such key", ""),
    ("- [50, 0]", "- [80, 50]", "the curve has cliffs at an attainment of 80 % (+50)", ""),
    ("target: 600", "target: six hundred", "this is not a number", ""),
    ("      target: 1500000", "      target: -5", "the baseline is not below the target", "      baseline: 0\n      target: -5"),
    ("req: 000-K23, 000-P4", "req: K23", "this is not written as required", ""),
    ("limit: 1 # a share", "direction: higher # a share", "this is given by the KPI catalogue", ""),
    ("target: 0.7", "target: 70", "the target is 7000 % of a whole", ""),
    ("target: 1440", "threshold: 1000\n      target: 1440", "the threshold is not above the target", "threshold: 1000"),
    ("    req: 000-K16\n    dimension: conversion", "    req: 000-K16\n    dimension: sales", "no such dimension is defined", "dimension: sales"),
    ("target: 20000", "target: 20000\n      target: 30000", "the key stands twice", "target: 30000"),
    ("posting_frequency: 15", "posting_frequency: 3", "the KPIs weigh 58, their component 70", ""),
    ("monitors: [engagement_rate_followers, engagement", "monitors: [likes, engagement", "the KPI catalogue has no likes", ""),
    ("weight: 20\n", "weight: 25\n", "the components weigh 105 in all, not 100", "COMPONENTS"),
    ("kpis: {site_clicks: 30}", "kpis: {app_installs: 30}", "app_installs has no rule", ""),
    ("effect: multiply\n    amount: 0.8", "effect: multiply", "cap, multiply and deduct need an amount", ""),
    ("of: role\n    roles: [content, growth]", "of: role\n    roles: [content, grwth]", "no such role is defined", "grwth"),
    ("at_most: 0", "at_most: none", "this is not a number", ""),
    ("month: 70", "month: 80", "month, quarter and year pay 110 in all, not 100", "  shares:"),
]  # fmt: skip


def test_twenty_mistakes_are_told_in_one_go_each_with_line_and_mend(lint: Lint) -> None:
    changes = [(old, new) for old, new, _, _ in TWENTY]
    marked, text = lint(*changes), changed("000", *changes)
    assert all(one.finding.row and one.finding.mend and one.finding.column for one in marked)
    places = set()
    for _, new, said, where in TWENTY:
        begin = text.index("\n  customer_service:\n    title") if where == "COMPONENTS" else 0
        line = line_of_next("    components:" if where == "COMPONENTS" else where or new, text, begin)
        found = [one.finding.row for one in marked if said in one.finding.problem]
        assert line in found, (said, line, found)
        places.add((line, said))
    assert len(places) == len(TWENTY) == 20


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_advice_is_told_in_both_languages(lint: Lint, lang: str) -> None:
    told = [one.told(lang) for one in lint(lang=lang)]
    assert all(line.startswith("建议：" if lang == "zh" else "warning: ") for line in told)
    loyalty = {"zh": "计分指标没有涉及：忠诚（003-R1）", "en": "no KPI that pays lifts: loyalty (003-R1)"}
    assert any(loyalty[lang] in line for line in told)
