"""What another reading would have brought: the engine's own answers, to the cent, and nothing promised in vain."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_builders import (
    PACE,
    QUALITY,
    TEAM,
    WHY,
    at_target,
    gate,
    kpi,
    make_scheme,
    run,
    scheme_data,
    segment,
    veto,
)
from test_individual_pay import BANDS, LINEAR, SHARES, own_scheme

from pipelines.schemes.model import Scheme
from pipelines.scoring import CalibrationInput, CommunityInput, KpiReading, PeriodResult, ReviewInput
from pipelines.scoring.what_if import MOST_COLLEAGUES, WhatIf, what_ifs

D = Decimal


def asked(result: PeriodResult, person: str = "a") -> dict[tuple[str, str], WhatIf]:
    return {(one.kpi_id, one.step): one for one in what_ifs(result)[person]}


@pytest.mark.req("003-I1")
def test_one_more_and_the_next_point_with_their_points_and_pay() -> None:
    # base 3000, of which a month pays half; the golden curve: 90 % is 75 points, 91 % 77.5, 100 % 100
    given_ = segment("a", at_target(**{TEAM: 90}), bonus_base=D(3000))
    found = asked(run([given_], own_scheme("base")))
    one, target = found[TEAM, "unit"], found[TEAM, "next"]
    assert (one.value, one.score, one.score_gain, one.pay_gain) == (D(91), D("91.00"), D("1.00"), D("15.00"))
    assert (target.value, target.score, target.score_gain, target.pay_gain) == (D(100), D(100), D(10), D("150.00"))
    # a ratio counts nothing: only its next point; at target that is the stretch of 120
    assert (QUALITY, "unit") not in found
    assert found[QUALITY, "next"].value == D(120)
    # lower is better: baseline 200, target 100, hence 80 at 120 %
    assert found[PACE, "next"].value == D(80)


@pytest.mark.req("003-I1")
def test_one_less_where_lower_is_better_and_never_below_nothing() -> None:
    scheme = own_scheme("base", kpis={**scheme_data()["kpis"], TEAM: kpi("lower")})
    found = asked(run([segment("a", at_target(**{TEAM: 110}))], scheme))
    assert found[TEAM, "unit"].value == D(109) and found[TEAM, "unit"].score_gain > 0
    nothing = asked(run([segment("a", at_target(**{TEAM: 0}))], scheme))
    assert (TEAM, "unit") not in nothing


@pytest.mark.req("003-I1")
def test_things_that_are_counted_come_whole() -> None:
    found = asked(run([segment("a", at_target(**{TEAM: 10}), days=20)], own_scheme("base")))
    # 100 a month are 64.516… in 20 of 31 days; the curve begins at 80 % of it, 51.61…
    assert found[TEAM, "next"].value == D(52)


@pytest.mark.req("003-I1")
def test_the_nearest_way_to_the_next_band() -> None:
    # 40 × 75 + 40 × 75 + 20 × 100 = 80 points: class_2, and 100 points for class_1
    given_ = segment("a", at_target(**{TEAM: 90, QUALITY: 90}))
    scheme = own_scheme("band", BANDS, payout=None)
    (band,) = [one for one in what_ifs(run([given_], scheme))["a"] if one.step == "band"]
    # both can do it alone, at 110 % (125 points); the first line stands for both
    assert (band.kpi_id, band.value, band.score, band.pay_gain) == (TEAM, D(110), D("100.00"), D("100.00"))
    (less,) = run([replace(given_, readings=given_.readings | {TEAM: KpiReading(TEAM, D(109))})], scheme).people
    assert less.payable == D("500.00")


@pytest.mark.req("003-I1")
def test_a_band_that_no_kpi_alone_can_reach_is_not_named() -> None:
    low = segment("a", at_target(**{TEAM: 10, QUALITY: 10, PACE: 200}))
    assert not [one for one in what_ifs(run([low], own_scheme("band", BANDS, payout=None)))["a"] if one.step == "band"]


@pytest.mark.req("003-I1")
def test_what_a_veto_or_gate_stops_is_not_promised() -> None:
    given_ = segment("a", at_target(**{TEAM: 90, "security_incidents": 1}))
    assert what_ifs(run([given_], own_scheme("base", gates=[gate()])))["a"] == []
    vetoed = run([given_], own_scheme("base", vetoes=[veto()]), reviews=[ReviewInput("a", D(10), "r")])
    assert what_ifs(vetoed)["a"] == []
    # a gate on one part lets the other part's KPIs count
    part = own_scheme("base", gates=[gate(scope="component", of="team")])
    found = {one.kpi_id for one in what_ifs(run([given_], part))["a"]}
    assert found == {QUALITY, PACE}


def test_nothing_is_asked_of_what_people_decided_or_nobody_knows() -> None:
    given_ = segment("a", at_target(**{TEAM: 90}))
    decided = run([given_], own_scheme("base"), decisions=[CalibrationInput("a", D("90.00"), D(95), "x", "b")])
    assert "a" not in what_ifs(decided)
    unknown = segment("a", at_target(**{TEAM: "withheld", QUALITY: "not_applicable", PACE: 110}))
    assert {one.kpi_id for one in what_ifs(run([unknown], own_scheme("base")))["a"]} == {PACE}


@pytest.mark.req("003-I1")
def test_in_a_pool_the_answer_is_that_of_the_whole_team() -> None:
    team = [segment(name, at_target(**{TEAM: value})) for name, value in (("a", 90), ("b", 100), ("c", 120))]
    other = segment("d", at_target(), team_id="y")
    result = run([*team, other])
    changed = replace(team[0], readings=team[0].readings | {TEAM: KpiReading(TEAM, D(100), n_records=1)})
    after = run([changed, *team[1:], other]).people[0]
    found = asked(result)[TEAM, "next"]
    assert found.pay_gain == after.payable - result.people[0].payable != 0
    assert found.score == after.printed_score


def test_a_pool_beyond_the_limit_is_not_asked() -> None:
    many = [segment(f"p{number:03d}", at_target()) for number in range(MOST_COLLEAGUES + 1)]
    assert what_ifs(run(many)) == {}
    assert len(what_ifs(run(many[:2]))) == 2


def test_a_community_is_asked_by_its_own_reading() -> None:
    data = scheme_data()
    data["kpis"][TEAM] = kpi(of_community=True)
    data["roles"]["content"]["by_community"] = True
    data["communities"] = {"req": "003-R5", "why": WHY}
    del data["pool"]
    data["individual"] = {"req": "001-I1", "title": WHY, "shares": SHARES, "by": "base", "payout": LINEAR, "why": WHY}
    own = tuple(
        CommunityInput(name, "content", "growth", D(15), {TEAM: KpiReading(TEAM, D(value), n_records=1)})
        for name, value in (("c1", 40), ("c2", 48))
    )
    result = run([segment("a", at_target(), days=30, communities=own)], Scheme.model_validate(data))
    asked_of = {(one.community_id, one.step): one.value for one in what_ifs(result)["a"] if one.kpi_id == TEAM}
    assert asked_of["c1", "unit"] == 41 and asked_of["c2", "unit"] == 49


amounts = st.decimals(min_value=0, max_value=140, places=2)
PEOPLE = st.lists(st.fixed_dictionaries(dict.fromkeys((TEAM, QUALITY, PACE), amounts)), min_size=1, max_size=4)
SCHEMES: dict[str, Scheme] = {
    "pool": make_scheme(), "base": own_scheme("base"), "band": own_scheme("band", BANDS, payout=None)
}  # fmt: skip


@pytest.mark.req("003-I1")
@settings(max_examples=60, deadline=None)
@given(PEOPLE, st.sampled_from(sorted(SCHEMES)))
def test_every_answer_is_what_the_period_itself_says(rows: Any, form: str) -> None:
    segments = [segment(f"p{number}", values) for number, values in enumerate(rows)]
    result = run(segments, SCHEMES[form])
    before = {person.person_id: person for person in result.people}
    for number, given_ in enumerate(segments):
        for one in what_ifs(result)[given_.person_id]:
            changed = replace(given_, readings=given_.readings | {one.kpi_id: KpiReading(one.kpi_id, one.value)})
            again = run([*segments[:number], changed, *segments[number + 1 :]], SCHEMES[form]).people[number]
            was = before[given_.person_id]
            assert one.pay_gain == again.payable - was.payable
            assert one.score == again.printed_score and was.printed_score is not None
            assert one.score_gain == one.score - was.printed_score >= 0
