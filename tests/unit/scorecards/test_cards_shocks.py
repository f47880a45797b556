"""Platform shocks from the company folder to card, `explain` and workbook."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cards_sample import PERIOD, Case
from shocks_sample import KPI, OCTOBER, company, event, peer, readings, scored, shock_of
from test_cards_workbook import FORMULA, book, parts, sheets

from pipelines.periods import Month, parse_period
from pipelines.schemes import load_scheme
from pipelines.scorecards import Built, explain
from pipelines.scorecards.html import render_html
from pipelines.scorecards.shocks import Shocks
from pipelines.scorecards.view import Edition
from pipelines.scoring import PeriodResult

D = Decimal


# -- what scoring is told


@pytest.mark.req("004-G1", "000-G2")
def test_peers_are_compared_over_the_months_before_the_period() -> None:
    found = shock_of(company())
    assert (found.platform, found.months, found.base_months) == ("x", ("2026-10",), ("2026-08", "2026-09"))
    assert found.begins == date(2026, 10, 1)
    assert [(one.peer_id, one.base, one.now, one.is_own) for one in found.peers][:1] == [
        ("p0", (D(1000), D(1000)), (D(800),), False)
    ]
    assert found.events[0].source == "reviews/platform_events.csv row 2"


def test_an_event_that_began_earlier_moves_the_base_before_it() -> None:
    """Else the base would hold the shock itself, and after three months nothing would be left of it."""
    found = shock_of(company(platform_events=(event(happened_from="2026-08-20"),)))
    assert (found.begins, found.base_months) == (date(2026, 8, 1), ("2026-06", "2026-07"))


@pytest.mark.parametrize(
    ("name", "person", "is_own"),
    [
        ("north", "li", True),
        ("@NORTH", "li", True),
        ("x_north", "wang", True),
        ("x_wang", "wang", True),
        ("x_wang", "li", True),
        ("x_wang", "chen", False),
        ("south", "li", False),
        ("South", "chen", True),
    ],
)
@pytest.mark.req("004-G1")
def test_accounts_of_the_person_or_the_team_are_never_peers(name: str, person: str, is_own: bool) -> None:
    (found,) = shock_of(company(peers=(peer(name),)), person).peers
    assert found.is_own is is_own


def test_who_ends_before_the_period_is_no_peer_who_ends_inside_still_is() -> None:
    rows = (peer("p0", ended_on="2026-10-01"), peer("p1", ended_on="2026-10-02"), peer("p2", team_id="south"))
    assert [one.peer_id for one in shock_of(company(peers=rows)).peers] == ["p1"]
    assert [one.peer_id for one in shock_of(company(peers=rows), "chen").peers] == ["p1", "p2"]


def test_a_quarter_compares_its_months() -> None:
    found = shock_of(company(), period=parse_period("2026-Q4"))
    assert found.months == ("2026-10", "2026-11", "2026-12")
    assert found.peers[0].now == (D(800), None, None)


@pytest.mark.parametrize(
    ("changed", "touched"),
    [
        ({}, True),
        ({"platform": "wechat_oa"}, False),
        ({"platform": ""}, True),
        ({"kpis": KPI}, True),
        ({"kpis": "impressions"}, False),
        ({"happened_from": "2026-11-01"}, False),
        ({"happened_from": "2026-09-01", "happened_to": "2026-10-01"}, False),
        ({"happened_from": "2026-09-01", "happened_to": "2026-10-02"}, True),
    ],
)
def test_which_event_touches_a_kpi(changed: dict[str, Any], touched: bool) -> None:
    assert bool(shock_of(company(platform_events=(event(**changed),))).events) is touched


@pytest.mark.req("003-G12")
def test_without_control_only_touched_kpis_have_anything_to_say() -> None:
    given = company(platform_events=(event(kpis=KPI),))
    (own,) = [one for one in given.segments() if one.person_id == "li"]
    own = type(own)(**{**vars(own), "scheme_id": "000"})
    found = Shocks(given, OCTOBER, {"000": load_scheme("000")}).of(own)
    assert list(found) == [KPI]
    assert found[KPI].peers == ()
    assert Shocks(company(platform_events=()), OCTOBER, {"000": load_scheme("000")}).of(own) == {}
    assert Month(2026, 10) == OCTOBER


# -- what a reader sees


def trace(found: PeriodResult) -> dict[str, Any]:
    return next(one.to_dict() for one in found.people if one.person_id == "E003")


def page(found: PeriodResult, lang: str) -> str:
    bundle = Case(scored=found).bundle()
    one = next(one for one in bundle["traces"] if one["person_id"] == "E003")
    return re.sub(r"\s+", " ", render_html(bundle, one, Edition(), lang).decode())


@pytest.mark.req("004-G1", "000-G2")
def test_the_card_shows_target_attainment_and_points_with_and_without(build: Callable[[Case], Built]) -> None:
    found = scored()
    (line,) = [one for one in trace(found)["segments"][0]["lines"] if one["kpi_id"] == KPI]
    raw = line["shock"]["control"]["raw"]
    assert D(line["target"]) == D(raw["target"]) * D("0.8")
    english, chinese = page(found, "en"), page(found, "zh")
    assert "platform event: x, algorithm change, since 2026-10-05: &lt;b&gt;replies&lt;/b&gt; sink" in english
    assert f"the target moves from {D(raw['target']):f} to {D(line['target']).normalize():f} (× 0.8)" in english
    assert "5 peers changed by −20.0 % in the median" in english
    assert "without it" in english
    assert "平台事件：x · 算法调整，自 2026-10-05 起" in chinese
    assert "对照调整：5 个对照账号变化的中位数为 −20.0 %" in chinese


def test_too_few_peers_and_no_control_are_said(build: Callable[[Case], Built]) -> None:
    assert "fewer than 5 peers count (4)" in page(scored(peers=tuple(peer(f"p{i}") for i in range(4))), "en")
    assert "look at the platform before judging" in page(scored(load_scheme("000")), "en")


def test_a_quiet_line_without_events_says_nothing_on_the_card() -> None:
    found = scored(platform_events=(), peer_readings=readings(m08=1000, m09=1000, m10=1000))
    assert trace(found)["segments"][0]["lines"][2]["shock"]["state"] == "quiet"
    assert "peer" not in page(found, "en").replace("peer_", "")


@pytest.mark.parametrize(("now", "is_told"), [(1000, False), (500, True)])
def test_too_few_peers_without_event_are_told_where_they_moved(now: int, is_told: bool) -> None:
    found = scored(platform_events=(), peers=(peer("p0"),), peer_readings=readings(m08=1000, m09=1000, m10=now))
    assert ("fewer than 5 peers count (1)" in page(found, "en")) is is_told


@pytest.mark.req("004-G1")
def test_explain_derives_the_factor_from_every_peer(build: Callable[[Case], Built], tmp_path: Path) -> None:
    late = (*(peer(f"p{index}") for index in range(5)), peer("p5", registered_on="2026-10-01"), peer("north"))
    case = Case(scored=scored(peers=late))
    build(case)
    said = explain(tmp_path, case.company, "E003", PERIOD, KPI, "en")
    assert "event: reviews/platform_events.csv row 2, https://x.example/a" in said
    assert "peers in 2026-10 against 2026-08, 2026-09" in said
    assert "p4: 1,000 → 800, ln = −0.223144" in said
    assert "p5 does not count: registered too late" in said
    assert "north does not count: the person or the team runs it" in said
    assert "factor = exp(−0.223144 × 1), within ±30 % and the KPI's limit = 0.8" in said


@pytest.mark.req("004-G1")
def test_the_workbook_reckons_the_moved_target_live() -> None:
    bundle = Case(scored=scored()).bundle()
    made = book(bundle, "E003")
    found = sheets(made)
    assert list(found) == ["Card", "Params", "Evidence", "Rules", "Platform", "Check"]
    rows = {row[0]: row for row in found["Platform"] if row[0]}
    assert rows["p0"][1:3] == [1000, 800]
    assert rows["Factor"][1] == pytest.approx(0.8)
    assert rows["Target with it"][1] == pytest.approx(0.8 * rows["Target without it"][1])
    assert found["Check"][1][0] == "everything agrees"
    texts = parts(made)
    formulas = [
        one.replace("&gt;", ">").replace("&lt;", "<").replace("&quot;", '"').replace("&amp;", "&")
        for name, body in texts.items()
        if "worksheets/sheet" in name
        for one in re.findall(r"<f>(.*?)</f>", body)
    ]
    assert any(one.startswith("MEDIAN(") for one in formulas)
    assert any(one.startswith("Platform!") for one in formulas)
    more = re.compile(r"Platform!|(?:LN|EXP|MEDIAN)\(")
    assert [one for one in formulas if FORMULA.sub("", more.sub("", one))] == []
    assert "Platform" not in sheets(book(bundle, "E001"))
