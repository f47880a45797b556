"""A cost weighed by channel: the scheme file, the card, the handbook, and its readings in the warehouse."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest
from schemes_sample import case, community, part
from test_cards_html import card
from test_cards_workbook import book, sheets

from pipelines.company.findings import InputError
from pipelines.periods import parse_period
from pipelines.schemes import load_scheme, read_catalogue
from pipelines.schemes.loader import SHIPPED
from pipelines.scorecards import channelled
from pipelines.scorecards.handbook import render_handbook
from pipelines.scoring import KpiReading, score_period
from pipelines.scoring.inputs import ChannelReading
from pipelines.warehouse.readings import ChannelRow, channel_readings

D = Decimal
OCTOBER = parse_period("2026-10")
COST = "cost_per_lead"
SHIPPED_004 = (SHIPPED / "scheme_004.yaml").read_text(encoding="utf-8")
PLACE = "    measured_on: team\n    method: baseline\n    curve: standard\n    default_target:\n      baseline: 10\n"
WEIGHTS = (
    "    channels:\n      req: 004-R5\n      weights: {meta_ads: {weight: 3}, X_Ads: {weight: 2, target: 6}}\n"
    "      others: 0.5\n      why: {zh: 便宜的渠道权重更高。, en: Cheap channels weigh more.}\n"
)


def scheme_of(folder: Path, *changes: tuple[str, str]) -> Any:
    text = SHIPPED_004
    for old, new in ((PLACE, WEIGHTS + PLACE), *changes):
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "scheme_x.yaml"
    path.write_text(text, encoding="utf-8")
    return load_scheme(path)


def cost(*rows: tuple[str, str, str]) -> KpiReading:
    channels = tuple(ChannelReading(name, D(spend), D(leads)) for name, spend, leads in rows)
    spend, leads = sum((one.spend for one in channels), D(0)), sum((one.results for one in channels), D(0))
    return KpiReading(COST, spend / leads, spend, leads, 3, channels=channels)


@pytest.fixture
def bundle(tmp_path: Path) -> dict[str, Any]:
    readings = community() | {
        COST: cost(("linkedin_ads", "70", "0"), ("meta_ads", "400", "100"), ("x_ads", "600", "100"))
    }
    given = [part("E001", "user_growth", "L2", readings, OCTOBER, "004")]
    return case(score_period(OCTOBER, "CNY", {"004": scheme_of(tmp_path)}, given)).bundle()


@pytest.mark.req("004-R5", "004-G2")
def test_the_card_tells_each_channel_its_weight_and_what_it_reaches(bundle: dict[str, Any]) -> None:
    _, page = card(bundle, "E001", "en")
    assert "meta_ads CNY 4.00 (target CNY 5.00, weight 3): 120 % attained" in page.text
    assert "x_ads CNY 6.00 (target CNY 6.00, weight 2): 100 % attained" in page.text
    assert "linkedin_ads spent CNY 70.00 without a result (weight 0.5): counts 0 %" in page.text
    _, chinese = card(bundle, "E001", "zh")
    assert "linkedin_ads 花费 70.00 元 而无成果（权重 0.5）：计 0%" in chinese.text
    line = next(one for one in bundle["traces"][0]["segments"][0]["lines"] if one["kpi_id"] == COST)
    assert line["attainment_formula"] == "(0.5 × 0 + 3 × 120 + 2 × 100) / 5.5 = 101.818182 %"


@pytest.mark.req("004-R5")
def test_the_workbook_does_not_contradict_the_card(bundle: dict[str, Any]) -> None:
    assert sheets(book(bundle, "E001"))["Check"][1][0] == "everything agrees"


@pytest.mark.req("004-R5")
def test_the_handbook_names_the_weights_and_shipped_schemes_have_none(tmp_path: Path) -> None:
    told = render_handbook(scheme_of(tmp_path), read_catalogue(), ["en"], "md", "")
    assert "Channel meta_ads: weight 3, target 5" in told and "Channel X_Ads: weight 2, target 6" in told
    assert "Channels that are not listed weigh 0.5. Cheap channels weigh more." in told
    for name in ("000", "001", "002", "003", "004"):
        assert channelled.weighed_kpis([load_scheme(name)]) == set()


@pytest.mark.req("004-R5")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("weights: {meta_ads: {weight: 3}", "weights: {meta_ads: {weight: 0}"), "greater than 0"),
        (("others: 0.5", "others: -1"), "greater than 0"),
        (("weights: {meta_ads: {weight: 3}, X_Ads: {weight: 2, target: 6}}", "weights: {}"), "at least 1"),
    ],
)
def test_weights_are_above_nothing(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    with pytest.raises(InputError, match="channels") as caught:
        scheme_of(tmp_path, change)
    assert said in str(caught.value)


@pytest.mark.req("004-R5")
def test_only_a_cost_that_stands_by_channel_can_be_weighed(tmp_path: Path) -> None:
    other = SHIPPED_004.index("  marketing_roi:\n")
    text = SHIPPED_004[:other] + SHIPPED_004[other:].replace(
        "    measured_on: team\n", WEIGHTS + "    measured_on: team\n", 1
    )
    path = tmp_path / "scheme_x.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="cost_per_lead, customer_acquisition_cost"):
        load_scheme(path)


@pytest.mark.req("004-R5")
def test_a_channel_that_the_company_does_not_pay_is_refused_with_those_that_it_does(tmp_path: Path) -> None:
    scheme = scheme_of(tmp_path)
    channelled.check_channels(("x_ads", "META_ADS"), [scheme])
    with pytest.raises(InputError) as caught:
        channelled.check_channels(("x_ads", "search_ads"), [scheme])
    (finding,) = caught.value.findings
    assert (finding.column, finding.value) == ("kpis.cost_per_lead.channels.weights", "meta_ads")
    assert "(search_ads, x_ads)" in finding.mend


def test_channels_are_summed_over_the_months_of_the_period(tmp_path: Path) -> None:
    file = tmp_path / "w.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.fct_kpi_components (month date, person_id text, segment_id text, kpi_id text, "
            "subject_type text, subject_id text, numerator decimal(38, 12), denominator decimal(38, 12))"
        )
        connection.executemany(
            "insert into marts.fct_kpi_components values (?, 'p_a', 's', ?, ?, ?, ?, ?)",
            [
                ("2026-07-01", COST, "channel", "x_ads", 10, 2),
                ("2026-09-01", COST, "channel", "x_ads", 5, None),
                ("2026-10-01", COST, "channel", "x_ads", 99, 9),
                ("2026-08-01", COST, "channel", "meta_ads", 3, 1),
                ("2026-08-01", "return_on_ad_spend", "channel", "meta_ads", 7, 1),
                ("2026-08-01", COST, "campaign", "c1", 7, 1),
            ],
        )
    quarter = parse_period("2026-Q3")
    assert channel_readings(file, quarter, {COST}) == [
        ChannelRow("p_a", "s", COST, "meta_ads", D(3), D(1)),
        ChannelRow("p_a", "s", COST, "x_ads", D(15), D(2)),
    ]


def test_readings_get_their_channels_under_the_company_s_ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = SimpleNamespace(person=lambda person: f"p_{person}")
    monkeypatch.setattr(channelled.Pseudonymiser, "from_home", lambda home: keys)
    rows = [
        ChannelRow("p_E001", "s", COST, "x_ads", D(5), D(1)),
        ChannelRow("UNASSIGNED", "s", COST, "x_ads", D(9), D(1)),
    ]
    monkeypatch.setattr(channelled.warehouse, "channel_readings", lambda file, period, kpis: rows)
    company: Any = SimpleNamespace(home=tmp_path, people=[SimpleNamespace(person_id="E001")])
    plain = {("E001", "s"): {COST: KpiReading(COST, D(5)), "impressions": KpiReading("impressions", D(1))}}
    schemes = {"004": scheme_of(tmp_path)}
    found = channelled.with_channels(plain, company, tmp_path, OCTOBER, schemes)["E001", "s"]
    assert found[COST].channels == (ChannelReading("x_ads", D(5), D(1)),)
    assert found["impressions"].channels == ()
    unweighed: Callable[..., Any] = channelled.with_channels
    assert unweighed(plain, company, tmp_path, OCTOBER, {"004": load_scheme("004")}) is plain
