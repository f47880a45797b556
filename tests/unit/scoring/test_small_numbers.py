"""Small numbers: the minimum, shrinking, close cut-offs - what each does to a score, and what it never does."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_builders import PACE, QUALITY, TEAM, WHY, at_target, gate, kpi, make_scheme, run, scheme_data, segment

from pipelines.schemes.model import Scheme
from pipelines.scoring import KpiReading
from pipelines.scoring.small_numbers import shrunk
from pipelines.scoring.what_if import what_ifs

D = Decimal


def rule(**more: Any) -> dict[str, Any]:
    return {"req": "003-D1", "why": WHY} | more


def scheme(block: dict[str, Any] | None = None, *, interval: str = "share", least: Any = 10, **more: Any) -> Scheme:
    """QUALITY is a share with a target of 50 %, 100 % attained at 0.5."""
    data = scheme_data(**more)
    target = {"target": D("0.5"), "why": WHY}
    data["kpis"][QUALITY] = kpi(
        aggregation="ratio_of_sums", default_target=target, interval=interval, min_denominator=least
    )
    if block is not None:
        data["kpis"][QUALITY]["small_numbers"] = block
    return Scheme.model_validate(data)


def ratio(hits: Any, n: Any, **more: Any) -> KpiReading:
    top, bottom = D(str(hits)), D(str(n))
    return KpiReading(QUALITY, top / bottom, top, bottom, int(bottom), **more)


def person(name: str, quality: KpiReading, **more: Any) -> Any:
    one = segment(name, at_target(), **more)
    return replace(one, readings={**one.readings, QUALITY: quality})


def lines(result: Any, who: int = 0) -> dict[str, Any]:
    return {line["kpi_id"]: line for line in result.people[who].to_dict()["segments"][0]["lines"]}


def test_below_the_minimum_a_ratio_is_provisional_with_reason_and_n() -> None:
    told = lines(run([person("a", ratio(3, 6))], scheme()))[QUALITY]
    assert (told["status"], told["reason_code"]) == ("provisional", "few_records")
    assert told["reason_params"] == {"least": "10", "n": "6"}
    assert (told["kpi_score"], told["effective_weight"]) == ("100", "40")
    size = told["size"]
    assert (size["n"], size["least"], size["below"], size["is_few"]) == ("6", "10", "provisional", True)


def test_at_the_minimum_it_is_sound() -> None:
    told = lines(run([person("a", ratio(5, 10))], scheme()))[QUALITY]
    assert (told["status"], told["size"]["is_few"]) == ("ok", False)
    assert told["size"]["interval"] == ["0.236593090513", "0.763406909487"]


def test_the_scheme_can_make_it_not_applicable_and_the_weight_moves() -> None:
    """60 of the role's weight was 40 + 20: all of it goes to the other line, and the score is that of the others."""
    block = rule(below="not_applicable")
    result = run([person("a", ratio(1, 9))], scheme(block))
    found = lines(result)
    assert (found[QUALITY]["status"], found[QUALITY]["reason_code"]) == ("not_applicable", "few_records")
    assert (found[QUALITY]["value"], found[QUALITY]["size"]["raw"]) == (None, "0.111111111111")
    assert (found[QUALITY]["effective_weight"], found[PACE]["effective_weight"]) == ("0", "60")
    assert result.people[0].printed_score == D("100.00")
    counted = run([person("a", ratio(1, 10))], scheme(block))
    assert counted.people[0].printed_score == D("60.00")


def test_the_schemes_minimum_goes_before_the_catalogues() -> None:
    told = lines(run([person("a", ratio(3, 6))], scheme(rule(at_least=5))))[QUALITY]
    assert (told["status"], told["size"]["least"]) == ("ok", "5")


@pytest.mark.parametrize("status", ["withheld", "not_applicable"])
def test_what_is_withheld_stays_so(status: str) -> None:
    reading = KpiReading(QUALITY, None, D(1), D(2), 2, status=status, reason_code="gap")
    told = lines(run([person("a", reading)], scheme(rule(below="not_applicable"))))[QUALITY]
    assert (told["status"], told["reason_code"], "size" in told) == (status, "gap", False)


def test_a_provisional_reading_keeps_its_own_reason() -> None:
    reading = ratio(3, 6, status="provisional", reason_code="labels_uncertain")
    assert lines(run([person("a", reading)], scheme()))[QUALITY]["reason_code"] == "labels_uncertain"


SHRINK = rule(shrinkage={"k": 20, "towards": "team"})


def test_a_small_ratio_is_drawn_to_the_mean_of_its_team() -> None:
    """A: 5 of 5; B: 35 of 95. The team is 0.4; A counts (5 × 1 + 20 × 0.4) / 25 = 0.52, B (35 + 8) / 115."""
    people = [person("a", ratio(5, 5)), person("b", ratio(35, 95))]
    result = run(people, scheme(SHRINK, least=None))
    a, b = lines(result)[QUALITY], lines(result, 1)[QUALITY]
    assert (a["value"], a["size"]["raw"], a["attainment"]) == ("0.52", "1", "104")
    assert a["size"]["shrinkage"] | {"interval": 0} == {
        "interval": 0, "k": "20", "team_mean": "0.4", "team_n": "100", "team_open": False,
    }  # fmt: skip
    assert b["value"] == "0.373913043478"
    assert (a["numerator"], a["denominator"], a["status"]) == ("5", "5", "ok")


def test_while_a_colleagues_data_is_withheld_the_mean_is_open() -> None:
    gone = KpiReading(QUALITY, None, status="withheld", reason_code="gap")
    people = [person("a", ratio(5, 5)), person("b", ratio(35, 95)), person("c", gone)]
    told = lines(run(people, scheme(SHRINK, least=None)))[QUALITY]
    assert (told["status"], told["reason_code"], told["value"]) == ("provisional", "team_mean_open", "0.52")


def test_who_was_not_there_draws_nobody() -> None:
    people = [person("a", ratio(5, 5)), person("b", ratio(35, 95)), person("c", ratio(0, 900), days=0)]
    assert lines(run(people, scheme(SHRINK, least=None)))[QUALITY]["value"] == "0.52"


def test_other_teams_draw_nobody() -> None:
    people = [person("a", ratio(5, 5)), person("b", ratio(35, 95), team_id="other")]
    assert lines(run(people, scheme(SHRINK, least=None)))[QUALITY]["value"] == "1"


def test_nothing_is_asked_of_what_would_have_been_of_a_drawn_value() -> None:
    people = [person("a", ratio(9, 20)), person("b", ratio(40, 100))]
    little = rule(shrinkage={"k": 5, "towards": "team"})
    assert QUALITY not in {one.kpi_id for one in what_ifs(run(people, scheme(little, least=None)))["a"]}
    assert QUALITY in {one.kpi_id for one in what_ifs(run(people, scheme(least=None)))["a"]}


def test_a_score_again_with_another_reading_keeps_what_is_drawn() -> None:
    """What another value of one KPI would have brought leaves the drawn one of another as it is."""
    people = [person("a", ratio(5, 5)), person("b", ratio(35, 95))]
    result = run(
        [replace(people[0], readings={**people[0].readings, PACE: KpiReading(PACE, D(110))}), people[1]],
        scheme(SHRINK, least=None),
    )
    (answer,) = [one for one in what_ifs(result)["a"] if one.kpi_id == PACE]
    again = run(people, scheme(SHRINK, least=None)).people[0]
    assert answer.score == again.printed_score


def stepped(**more: Any) -> Scheme:
    """Points jump at 100 % (a share of 0.5) and at 120 % (0.6)."""
    curve = {"kind": "step", "points": [(80, 50), (100, 100), (120, 150)], "why": WHY}
    return scheme(curves={"golden": curve}, least=None, **more)


@pytest.mark.parametrize(
    ("hits", "n", "cuts"),
    [
        (5, 10, ["0.4", "0.5", "0.6"]),  # 0.24 to 0.76
        (50, 100, ["0.5"]),  # 0.404 to 0.596
        (5_600, 10_000, None),  # 0.55 to 0.57
    ],
)
def test_jumps_within_the_interval_are_too_close_to_call(hits: int, n: int, cuts: list[str] | None) -> None:
    assert lines(run([person("a", ratio(hits, n))], stepped()))[QUALITY]["size"].get("too_close") == cuts


def test_a_jump_that_the_interval_only_just_reaches_is_too_close() -> None:
    """10 of 10: from 0.72 to 1, and the curve jumps at 200 % of 0.5."""
    curve = {"kind": "step", "points": [(100, 100), (200, 150)], "why": WHY}
    told = lines(run([person("a", ratio(10, 10))], scheme(curves={"golden": curve}, least=None)))[QUALITY]
    assert told["size"]["too_close"] == ["1"]


def test_a_curve_without_jumps_has_no_close_cut_offs() -> None:
    curve = {"kind": "linear", "points": [(0, 0), (100, 100), (120, 150)], "why": WHY}
    told = lines(run([person("a", ratio(5, 10))], scheme(curves={"golden": curve}, least=None)))[QUALITY]
    assert "too_close" not in told["size"]


@pytest.mark.parametrize(("hits", "n", "close"), [(4, 10, True), (400, 1000, False), (6, 10, True), (600, 1000, False)])
def test_a_gate_within_the_interval_is_said_and_applied_as_it_is(hits: int, n: int, close: bool) -> None:
    given_gate = gate(kpi="member_retention_30", at_most=None, at_least=D("0.5"), interval="share")
    one = segment("a", at_target())
    reading = replace(ratio(hits, n), kpi_id="member_retention_30")
    one = replace(one, readings={**one.readings, "member_retention_30": reading})
    told = run([one], make_scheme(gates=[given_gate])).people[0].to_dict()["segments"][0]
    assert told["gates"][0].get("too_close", False) is close
    assert told["gates"][0]["applied"] is (hits * 2 < n)
    assert ("too_close_gate" in {note["code"] for note in told["notes"]}) is close


def banded(**more: Any) -> Scheme:
    classes = [
        {"id": "low", "title": WHY, "at_least": 80, "amount": 1000, "why": WHY},
        {"id": "high", "title": WHY, "at_least": 100, "amount": 1200, "why": WHY},
    ]
    pay = {
        "req": "001-I1", "title": WHY, "by": "band", "classes": classes, "why": WHY,
        "shares": {"month": 100, "quarter": 0, "year": 0, "why": WHY},
    }  # fmt: skip
    return scheme(pool=None, individual=pay, **more)


def test_a_band_within_what_chance_leaves_is_said_and_paid_as_it_is() -> None:
    """At target with 50 of 100: the share's points run from 51.0 to 147.6, 40 % of the score; 100 is a band's start."""
    result = run([person("a", ratio(51, 100))], banded(least=None)).people[0]
    told = result.to_dict()["segments"][0]
    low, high = map(D, told["score_chance"])
    assert low < 100 < D(told["score"]) < high
    notes = {note["code"]: note["params"] for note in told["notes"]}
    assert notes["too_close_pay"] == {"steps": "100"}
    assert result.earned == D("1200.00")
    sure = run([person("a", ratio(600_000, 1_000_000))], banded(least=None)).people[0].to_dict()["segments"][0]
    assert "too_close_pay" not in {note["code"] for note in sure["notes"]}


@pytest.mark.parametrize(
    ("hits", "n", "tiers"), [(51, 100, "100"), (510_000, 1_000_000, None), (5, 10, "80, 100, 120")]
)
def test_a_tier_of_the_pool_within_what_chance_leaves_is_said_and_paid_as_it_is(
    hits: int, n: int, tiers: str | None
) -> None:
    """The pool goes by QUALITY alone: 51 of 100 attain 102 %, from 82.6 to 121.2 for one person and alike for two."""
    pool = scheme_data()["pool"] | {"kpis": {QUALITY: 100}}
    people = [person("a", ratio(hits, n)), person("b", ratio(hits, n))]
    result = run(people, scheme(least=None, pool=pool))
    for one in result.people:
        notes = {note["code"]: note["params"] for note in one.to_dict()["segments"][0]["notes"]}
        assert notes.get("too_close_pool", {}).get("tiers") == tiers
    assert result.pools[0].factor_high == D(100)
    assert sum(one.earned for one in result.people) == result.pools[0].earned


UNITS = st.integers(1, 2000)


@settings(max_examples=500)
@given(st.integers(0, 1000), UNITS, st.integers(0, 1000), st.integers(1, 5000))
def test_a_drawn_value_lies_between_the_own_and_the_teams(own: int, n: int, team: int, k: int) -> None:
    mine, mean = D(own) / 1000, D(team) / 1000
    found = shrunk(mine, D(n), mean, D(k))
    assert min(mine, mean) - D("1e-12") <= found <= max(mine, mean) + D("1e-12")
    nearer = shrunk(mine, D(n + 1), mean, D(k))
    assert abs(nearer - mine) <= abs(found - mine) + D("1e-12")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 50), st.integers(1, 50))
def test_intervals_never_change_a_score_or_pay(hits: int, n: int) -> None:
    reading = ratio(min(hits, n), n)
    told = run([person("a", reading)], scheme(least=None)).people[0]
    plainly = run([person("a", reading)], scheme(interval="", least=None)).people[0]
    assert (told.score, told.payable, told.held) == (plainly.score, plainly.payable, plainly.held)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 30), st.integers(1, 30), st.integers(0, 30), st.integers(1, 30))
def test_a_better_ratio_never_lowers_the_own_score_when_it_is_drawn(a: int, n: int, b: int, m: int) -> None:
    def score(hits: int) -> Decimal:
        people = [person("a", ratio(hits, n)), person("b", ratio(min(b, m), m))]
        return run(people, scheme(SHRINK, least=None)).people[0].score or D(0)

    assert score(min(a, n)) <= score(min(a + 1, n))


@pytest.mark.parametrize("value", [TEAM, PACE])
def test_readings_without_a_denominator_are_left_alone(value: str) -> None:
    assert "size" not in lines(run([person("a", ratio(5, 10))], scheme()))[value]
