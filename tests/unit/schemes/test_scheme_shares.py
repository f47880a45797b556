"""Every mistake of team shares, of KPIs measured on the team and of stated ratios is told with its line and a mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.company.findings import InputError
from pipelines.schemes import load_scheme
from pipelines.schemes.loader import SHIPPED

BASE = (SHIPPED / "scheme_002.yaml").read_text(encoding="utf-8")
SHARES = """\
team_shares:
  - id: savings
    title: {zh: 节约, en: Savings}
    req: 004-I1
    rate: 20
    of: lead_cost_savings
    period: quarter
    gates:
      - {id: cheap, title: {zh: 便宜, en: cheap}, req: 004-I1, kpi: cost_per_lead, at_most: 5, why: {zh: 因, en: why}}
      - {id: good, title: {zh: 好, en: good}, req: 004-I1, kpi: lead_conversion, at_least: 0.02, why: {zh: 因, en: why}}
    points: score
    why: {zh: 因为, en: because}
  - id: profit
    title: {zh: 利润, en: Profit}
    req: 004-I3
    rate: 10
    of: excess_profit
    period: year
    points: target_weighted
    why: {zh: 因为, en: because}
"""
CLICKS = "  content_click_rate:\n    req: 002-K6\n    dimension: content\n    method: baseline\n"


def load(tmp_path: Path, text: str, lang: str = "en") -> list[str]:
    path = tmp_path / "scheme_x.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        load_scheme(path, lang=lang)
    except InputError as error:
        return [str(finding) for finding in error.findings]
    return []


@pytest.mark.req("004-I1")
@pytest.mark.req("004-I3")
def test_team_shares_load_beside_the_form_of_pay(tmp_path: Path) -> None:
    path = tmp_path / "scheme_x.yaml"
    path.write_text(BASE + SHARES, encoding="utf-8")
    scheme = load_scheme(path)
    assert scheme.individual is not None
    assert [(one.id, one.of, one.period, len(one.gates)) for one in scheme.team_shares] == [
        ("savings", "lead_cost_savings", "quarter", 2),
        ("profit", "excess_profit", "year", 0),
    ]
    assert load_scheme("002").team_shares == ()


@pytest.mark.parametrize(
    ("old", "new", "where", "problem"),
    [
        ("rate: 20", "rate: 0", "team_shares[0].rate", "greater than 0"),
        ("rate: 20", "rate: 101", "team_shares[0].rate", "less than or equal to 100"),
        ("of: lead_cost_savings", "of: luck", "team_shares[0].of", "none of the allowed values (value: 'luck')"),
        ("period: quarter", "period: week", "team_shares[0].period", "none of the allowed values"),
        ("points: score", "points: rank", "team_shares[0].points", "none of the allowed values"),
        ("    points: score\n", "", "team_shares[0].points", "a required key is missing"),
        ("id: profit", "id: savings", "team_shares[1].id", "savings stands twice"),
        ("id: good", "id: cheap", "team_shares[0].gates[1].id", "cheap stands twice"),
        ("kpi: cost_per_lead", "kpi: cost_per_leed", "team_shares[0].gates[0].kpi",
         "the KPI catalogue has no cost_per_leed"),
        ("kpi: cost_per_lead", "kpi: active_members", "team_shares[0].gates[0].kpi",
         "do not make a team's reading of active"),
        ("kpi: cost_per_lead", "kpi: team_impressions", "team_shares[0].gates[0].kpi",
         "do not make a team's reading of team"),
        ("at_most: 5", "at_most: 5, at_least: 1", "team_shares[0].gates[0].at_least", "exactly one bound"),
        ("at_most: 5, ", "", "team_shares[0].gates[0].at_most", "exactly one bound"),
        ("of: excess_profit\n    period: year", "of: lead_cost_savings\n    period: year", "team_shares[1].period",
         "lead_cost_savings is shared by quarter already: the same gain would be paid twice"),
        ("rate: 10\n    of: excess_profit\n    period: year",
         "rate: 90\n    of: lead_cost_savings\n    period: quarter",
         "team_shares[1].rate", "the shares of lead_cost_savings come to 110 %, more than the gain itself"),
        ("rate: 10", "rate: 10\n    cap: 3", "team_shares[1].cap", "a scheme has no such key"),
    ],
)  # fmt: skip
def test_each_mistake_of_a_share_has_its_line_and_a_mend(
    tmp_path: Path, old: str, new: str, where: str, problem: str
) -> None:
    text = (
        (BASE + SHARES).replace(old, new, 1)
        if old in SHARES and old not in BASE
        else BASE + SHARES.replace(old, new, 1)
    )
    told = load(tmp_path, text)
    (hit,) = [item for item in told if f"column {where}: " in item and problem in item]
    line = int(hit.split(", row ")[1].split(",")[0])
    assert line > BASE.count("\n")
    assert ". " in hit
    assert load(tmp_path, text, "zh")


def test_the_line_is_that_of_the_mistake(tmp_path: Path) -> None:
    text = BASE + SHARES.replace("id: profit", "id: savings")
    line = text[: text.rindex("id: savings")].count("\n") + 1
    assert load(tmp_path, text) == [
        f"scheme_x.yaml, row {line}, column team_shares[1].id: savings stands twice (value: 'savings'). "
        "Keep one of them."
    ]


@pytest.mark.req("004-R2")
def test_only_ratios_with_split_credit_are_measured_on_the_team(tmp_path: Path) -> None:
    measured = CLICKS.replace("    method", "    measured_on: team\n    method")
    assert load(tmp_path, BASE.replace(CLICKS, measured)) == []
    sums = "    req: 002-K1\n    dimension: members\n"
    members = BASE.replace(sums, sums + "    measured_on: team\n", 1)
    (told,) = load(tmp_path, members)
    assert "kpis.member_net_growth.measured_on: member_net_growth cannot be measured on the team" in told
    growth = (SHIPPED / "scheme_003.yaml").read_text(encoding="utf-8")
    at = growth.index("\n", growth.index("  member_retention_30:\n")) + 1
    (told, *_) = load(tmp_path, growth[:at] + "    measured_on: team\n" + growth[at:])
    assert "is read for each community by a role of this scheme" in told
    quarterly = "    req: 002-K7\n    dimension: satisfaction\n"
    carried = BASE.replace(quarterly, quarterly + "    measured_on: team\n").replace("leave_out", "carry_last")
    (told,) = load(tmp_path, carried)
    assert "csat_top2_share carries a person's last reading, which is not the team's" in told


@pytest.mark.parametrize(
    ("kpi", "convention", "target", "meant"),
    [("event_roi", "profit_per_cost", "5", ""), ("event_roi", "return_per_cost", "4", ""),
     ("event_roi", "return_per_cost", "5", "4"), ("event_roi", "profit_per_cost", "4", "5"),
     ("return_on_ad_spend", "profit_per_cost", "6", ""), ("return_on_ad_spend", "return_per_cost", "6", "5")],
)  # fmt: skip
@pytest.mark.req("004-K5")
def test_a_stated_ratio_is_a_number_and_a_convention(
    tmp_path: Path, kpi: str, convention: str, target: str, meant: str
) -> None:
    stated = f"      stated_as: {{ratio: '1:5', convention: {convention}}}\n"
    text = BASE.replace("content_click_rate", kpi).replace("      target: 0.01\n", f"      target: {target}\n{stated}")
    told = load(tmp_path, text)
    if meant:
        assert [item for item in told if f"1:5 read as {convention} is a target of {meant}" in item]
        assert len(told) == 1
    else:
        assert told == []


def test_a_share_of_clicks_is_no_return_over_cost(tmp_path: Path) -> None:
    stated = "      target: 0.01\n      stated_as: {ratio: '1:5', convention: profit_per_cost}\n"
    (told,) = load(tmp_path, BASE.replace("      target: 0.01\n", stated))
    assert "content_click_rate is no return over cost, so it cannot be stated as 1:n" in told
    told = load(tmp_path, BASE.replace("      target: 0.01\n", stated.replace("1:5", "5")))
    assert [item for item in told if "default_target.stated_as.ratio: this is not written as required" in item]
