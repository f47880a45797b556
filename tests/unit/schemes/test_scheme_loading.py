"""The shipped scheme loads; every mistake of a scheme file is told with its line, all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from scheme_texts import SHIPPED_TEXTS

from pipelines.company.findings import InputError
from pipelines.schemes import KpiInfo, load_scheme, read_catalogue
from pipelines.schemes.loader import shipped_ids
from pipelines.schemes.yaml_lines import parse
from pipelines.texts.schemes import TEXTS

SHIPPED_000 = SHIPPED_TEXTS["000"]
Mistakes = Callable[..., list[str]]
RATIO = "    method: ratio\n    curve: standard\n    default_target:\n      target: 60"


def line_of(fragment: str) -> int:
    return SHIPPED_000[: SHIPPED_000.index(fragment)].count("\n") + 1


@pytest.mark.req("000-R3")
def test_scheme_000_loads_with_its_four_roles() -> None:
    scheme = load_scheme("000")
    assert shipped_ids() == ["000", "001", "002", "003", "004"]
    assert list(scheme.roles) == ["content", "customer_service", "data_analyst", "growth"]
    assert (scheme.effective_from.day, scheme.effective_from.month % 3) == (1, 1)
    assert scheme.kpis["first_reply_minutes_p50"].direction == "lower"
    assert scheme.pool.shares.month == 70


@pytest.mark.req("000-R2")
@pytest.mark.req("000-K27")
def test_every_role_mixes_three_to_five_team_and_own_kpis() -> None:
    for role in load_scheme("000").roles.values():
        kpis = [kpi for component in role.components for kpi in component.kpis]
        assert 3 <= len(kpis) <= 5
        assert {"team_net_follower_growth", "team_impressions"} < set(kpis)


@pytest.mark.req("000-R6")
def test_the_five_dimensions_are_tagged_and_known_to_the_catalogue() -> None:
    scheme, catalogue = load_scheme("000"), read_catalogue()
    assert list(scheme.dimensions) == ["growth", "interaction", "content", "conversion", "community_health"]
    for kpi, rule in scheme.kpis.items():
        assert rule.dimension == catalogue[kpi].dimension, kpi


def test_a_scheme_of_the_company_goes_before_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "schemes").mkdir()
    own = tmp_path / "schemes" / "scheme_000.yaml"
    own.write_text(SHIPPED_000.replace('version: "1.0.0"', 'version: "1.1.0"'), encoding="utf-8")
    assert load_scheme("000", tmp_path).version == "1.1.0"
    assert load_scheme("000").version == "1.0.0"
    assert load_scheme("schemes/scheme_000.yaml", tmp_path).version == "1.1.0"
    own.write_text(SHIPPED_000.replace("effective_from: 2000-01-01", "effective_from: 2016-02-01"), encoding="utf-8")
    with pytest.raises(
        InputError, match=r"schemes/scheme_000\.yaml, row \d+, column effective_from: the scheme does not"
    ):
        load_scheme("000", tmp_path)


def test_an_unknown_scheme_is_told_with_those_that_exist() -> None:
    with pytest.raises(InputError, match=r"there is no such scheme \(value: '007'\)\. Use one of the ids 000"):
        load_scheme("007")


def test_numbers_are_exact_and_keys_know_their_lines() -> None:
    document = parse("a: 0.1\nb:\n  - [1, 2]\n  - c: 2026-01-01\n    c: no\nd: yes it is\ne: ~\n")
    assert document.data == {"a": Decimal("0.1"), "b": [[1, 2], {"c": date(2026, 1, 1)}], "d": "yes it is", "e": None}
    assert document.lines["b", 1, "c"] == 4
    assert document.duplicates == [(("b", 1, "c"), 5)]
    assert document.line(("b", 1, "nowhere")) == 4


def test_all_mistakes_are_told_at_once_each_with_its_line(mistakes: Mistakes) -> None:
    told = mistakes(
        "000",
        ("effective_from: 2000-01-01", "effective_from: 2016-02-01"),
        ("- [130, 120]", "- [130, 90]"),
        ("target: 600", "target: many"),
        ("engagement_rate_original: 35", "engagement_rate_original: 36"),
        ("effect: multiply", "effect: divide"),
        ("month: 70", "month: 75"),
    )
    assert len(told) == 6
    for fragment, column, problem in (
        ("effective_from:", "effective_from", "the scheme does not start with a quarter"),
        ("- [130, 120]", "curves.standard.points[2]", "a higher input gives a lower output (value: '[130, 90]')"),
        ("target: 600", "kpis.team_net_follower_growth.default_target.target", "this is not a number (value: 'many')"),
        ("kpis: {engagement_rate_original: 35", "roles.content.components[1].kpis", "the KPIs weigh 71 in all"),
        ("effect: multiply", "vetoes[1].effect", "this is none of the allowed values (value: 'divide')"),
        ("shares:", "pool.shares", "month, quarter and year pay 105 in all, not 100"),
    ):
        where = f"scheme_x.yaml, row {line_of(fragment)}, column {column}: "
        assert any(item.startswith(where) and problem.split(" in all")[0] in item for item in told), (where, told)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  net_follower_growth:\n    req", "  net_followers:\n    req", "the KPI catalogue has no net_followers"),
        ("  site_clicks:\n    req", "  security_incidents:\n    req", "security_incidents counts incidents and cannot"),
        ("kpis: {site_clicks: 30}", "kpis: {viral_posts: 30}", "viral_posts has no rule"),
        ("kpis: {site_clicks: 30}", "kpis: {viral_posts: 30}", "no role uses site_clicks"),
        ("dimension: growth", "dimension: grwth", "no such dimension is defined (value: 'grwth')"),
        pytest.param(
            *("    objective: loyalty\n    why: {zh: 互动率", "    why: {zh: 互动率"),
            "the dimension interaction and its KPIs serve no objective (000-P1)",
            marks=pytest.mark.req("000-P1"),
        ),
        ("objective: leads", "objective: lead", "no such objective is defined (value: 'lead')"),
        ("curve: standard", "curve: steep", "no such curve is defined (value: 'steep')"),
        ("- [50, 0]", "- [105, 0]", "the inputs of the curve do not ascend"),
        ("- [100, 100]\n      - [130", "- [101, 100]\n      - [130", "the curve has no point at input 100"),
        (
            "curves:\n",
            "curves:\n  spare: {kind: linear, points: [[100, 100]], why: {zh: 无, en: no}}\n",
            "no KPI uses the curve",
        ),
        ("method: baseline", "method: linear", "the linear form is for KPIs where lower is better"),
        (
            "    method: baseline\n    curve: standard\n    default_target:\n      target: 60",
            RATIO,
            "has no bound near 0",
        ),
        ("method: baseline", "method: difference", "scale and the difference form belong together"),
        ("method: baseline", "method: baseline\n    scale: 3", "scale and the difference form belong together"),
        (
            "      target: 60\n",
            "      baseline: 30\n      target: 60\n",
            "the baseline is not above the target, though lower is better",
        ),
        ("      baseline: 0\n      target: 600", "      target: -600", "a target of 0 or less gives no attainment"),
        ("      target: 600", "      threshold: 700\n      target: 600", "the threshold is not below the target"),
        ("      target: 600", "      target: 600\n      stretch: 500", "the stretch value is not above the target"),
        ("weight: 30", "weight: 31", "the components weigh 101 in all, not 100"),
        ("weight: 30", "weight: 31", "the KPIs weigh 30, their component 31"),
        ("monitors: [engagement_rate_followers,", "monitors: [engagement_rate_fans,", "has no engagement_rate_fans"),
        ("below: 40", "below: 40\n    amount: 3", "cap, multiply and deduct need an amount, zero has none"),
        ("at_least: 40", "at_least: 60", "the band of review scores is empty"),
        ("scope: total", "scope: total\n    of: role", "a scope of kpi or component needs `of`, total has none"),
        ("    of: role\n    roles", "    of: behaviour\n    roles", "no role that it binds has this component"),
        ("roles: [content, growth]", "roles: [content, designer]", "no such role is defined (value: 'designer')"),
        ("kpi: security_incidents", "kpi: incidents", "the KPI catalogue has no incidents"),
        ("id: content_quality_correction", "id: content_quality_veto", "content_quality_veto stands twice"),
        (
            "{team_net_follower_growth: 50, team_impressions: 50}",
            "{team_net_follower_growth: 50, team_impressions: 40}",
            "the KPIs of the pool weigh 90",
        ),
        (
            "{team_net_follower_growth: 50, team_impressions: 50}",
            "{team_net_follower_growth: 50, site_clicks: 50}",
            "the role content lacks the pool's KPI site_clicks",
        ),
        ("points: target_weighted", "points: heads", "this is none of the allowed values (value: 'heads')"),
        ("  points: target_weighted\n", "", "a required key is missing"),
        ("enabled: true", "enabled: true\n    colour: red", "a scheme has no such key (value: 'red')"),
        ("enabled: true", "enabled: true\n    enabled: false", "the key stands twice"),
        ("req: 000-K16", "req: K16", "this is not written as required (value: 'K16')"),
        ("req: 000-K16", "req: 000-K16\n    unit: count", "this is given by the KPI catalogue (value: 'count')"),
        ("pool:\n", "pool: [\n", "this is not valid YAML"),
    ],
)
def test_each_mistake_has_one_clear_message(mistakes: Mistakes, old: str, new: str, problem: str) -> None:
    told = mistakes("000", (old, new))
    assert any(problem in item for item in told), told
    for item in told:
        assert "scheme_x.yaml, row " in item
        assert ". " in item, "a finding without a mend"


def test_a_mistake_inside_a_role_and_a_wrong_type_are_both_told(mistakes: Mistakes) -> None:
    told = mistakes("000", ("kind: linear", "kind: bent"), ("weight: 20", "weight: twenty"))
    assert len(told) == 2


def test_findings_come_in_chinese_too(mistakes: Mistakes) -> None:
    (told,) = mistakes("000", ("month: 70", "month: 75"), lang="zh")
    assert "月、季、年的份额之和为 105，应为 100" in told


@pytest.mark.parametrize("text", ["", "just words", "- a\n- list\n", "kpis: 3\nroles: []\npool: x\n"])
def test_a_file_that_is_no_scheme_is_refused_without_a_crash(tmp_path: Path, text: str) -> None:
    path = tmp_path / "scheme_x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError):
        load_scheme(path)


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "scheme_x.yaml"
    path.write_bytes(SHIPPED_000.encode("gb18030"))
    with pytest.raises(InputError, match="the file is not UTF-8"):
        load_scheme(path)


def test_a_missing_catalogue_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the KPI catalogue is missing"):
        read_catalogue(tmp_path / "kpi_catalogue.csv")


def test_a_kpi_added_to_the_catalogue_needs_no_change_here(tmp_path: Path) -> None:
    path = tmp_path / "scheme_x.yaml"
    path.write_text(SHIPPED_000.replace("site_clicks", "mentions"), encoding="utf-8")
    catalogue = {**read_catalogue(), "mentions": KpiInfo("mentions", "higher", "count", "sum")}
    assert load_scheme(path, catalogue=catalogue).kpis["mentions"].unit == "count"


def test_every_finding_has_a_mend_and_both_languages() -> None:
    for key, entry in TEXTS.items():
        assert set(entry) == {"zh", "en"}, key
        assert all(entry.values()), key


def test_a_default_beyond_the_limit_of_a_share_is_told(mistakes: Mistakes) -> None:
    (told,) = mistakes("000", ("      target: 0.7\n", "      target: 70\n"))
    assert "the target lies beyond what this KPI can ever reach" in told
