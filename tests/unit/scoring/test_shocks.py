"""Peer control: golden values, who counts as a peer, when a target moves, and what must hold for any numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring_builders import PACE, QUALITY, TEAM, WHY, at_target, kpi, make_scheme, run, scheme_data, segment

from pipelines.schemes.model import PeerControl, Scheme
from pipelines.scoring import EventInput, PeerInput, ShockInput, TargetInput
from pipelines.scoring.shocks import effect_of, factor_of

D = Decimal
BEGINS = date(2026, 10, 1)
EVENT = EventInput(
    "x", "algorithm", date(2026, 10, 5), date(9999, 12, 31), "replies rank lower", "https://x.example", "row 2"
)


def control(**more: Any) -> dict[str, Any]:
    block = {
        "req": "004-G1", "kpis": [TEAM], "beta": D(1), "cap": D(30), "min_peers": 5, "mad_factor": D(3),
        "base_months": 3, "why": WHY,
    }  # fmt: skip
    return block | more


def rule(**more: Any) -> PeerControl:
    return PeerControl.model_validate(control(**more))


def peer(name: str, now: Any, base: Any = 1000, **more: Any) -> PeerInput:
    fields: dict[str, Any] = {"registered_on": date(2026, 1, 5), "is_own": False}
    months = None if base is None else D(str(base))
    return PeerInput(name, base=(months,) * 3, now=(None if now is None else D(str(now)),), **(fields | more))


def shock(*peers: PeerInput, events: tuple[EventInput, ...] = (EVENT,)) -> ShockInput:
    return ShockInput("x", events, BEGINS, ("2026-10",), ("2026-07", "2026-08", "2026-09"), peers)


def five(*now: Any) -> tuple[PeerInput, ...]:
    return tuple(peer(f"p{index}", value) for index, value in enumerate(now))


def line(values: dict[str, Any], given: ShockInput | None, scheme: Scheme | None = None, **more: Any) -> dict[str, Any]:
    shocks = {} if given is None else {TEAM: given}
    chosen = scheme or make_scheme(peer_control=control())
    result = run([segment("a", at_target(**values), shocks=shocks)], chosen, **more)
    found: dict[str, Any] = result.people[0].to_dict()["segments"][0]["lines"][0]
    assert found["kpi_id"] == TEAM
    return found


DROP = five(700, 750, 800, 850, 900)


@pytest.mark.req("004-G1", "000-G2")
def test_a_drop_of_all_peers_lowers_target_threshold_and_stretch_alike() -> None:
    """Peers at 80 % in the median: the target of 100 becomes 80, and 80 is at target."""
    told = line({TEAM: 80}, shock(*DROP))
    assert (told["target"], told["threshold"], told["stretch"], told["target_full"]) == ("80", "64", "96", "80")
    assert (told["attainment"], told["kpi_score"]) == ("100", "100")
    raw = told["shock"]["control"]["raw"]
    assert raw == {
        "attainment": "80", "baseline": "0", "kpi_score": "50", "stretch": "120", "target": "100",
        "target_full": "100", "threshold": "80",
    }  # fmt: skip
    found = told["shock"]["control"]
    assert (told["shock"]["state"], found["factor"]) == ("applied", "0.8")
    # ln 0.8; the deviations from it are ln(700/800), ln(750/800), 0, ln(850/800), ln(900/800)
    assert found["effect"] == "-0.223143551314"
    assert found["mad"] == "0.064538521138"


@pytest.mark.parametrize(
    ("beta", "cap", "now", "factor"),
    [
        ("1", 30, 800, "0.8"),
        ("0.5", 30, 640, "0.8"),
        ("0", 30, 640, "1"),
        ("1", 30, 500, "0.7"),
        ("1", 30, 1300, "1.3"),
        ("1", 30, 2500, "1.3"),
        ("0.5", 30, 1210, "1.1"),
        ("1", 10, 800, "0.9"),
    ],
)
def test_the_factor_is_the_effect_to_the_power_of_beta_within_the_cap(
    beta: str, cap: int, now: int, factor: str
) -> None:
    found = effect_of(rule(beta=D(beta), cap=D(cap)), shock(*five(*[now] * 5)))
    assert found.factor == D(factor)


@pytest.mark.req("004-G1")
def test_a_rise_that_everybody_had_raises_the_target() -> None:
    told = line({TEAM: 100}, shock(*five(1250, 1250, 1250, 1250, 1250)))
    assert (told["target"], told["attainment"], told["kpi_score"]) == ("125", "80", "50")
    assert told["shock"]["control"]["raw"]["kpi_score"] == "100"


def test_without_event_only_a_breach_moves_the_target() -> None:
    quiet = line({TEAM: 80}, shock(*DROP, events=()), make_scheme(peer_control=control(mad_factor=D(4))))
    assert (quiet["shock"]["state"], quiet["target"], quiet["kpi_score"]) == ("quiet", "100", "50")
    assert quiet["shock"]["control"]["factor"] == "1"
    breach = line({TEAM: 80}, shock(*DROP, events=()), make_scheme(peer_control=control(mad_factor=D(3))))
    assert (breach["shock"]["state"], breach["shock"]["control"]["is_breach"], breach["target"]) == (
        "applied",
        True,
        "80",
    )


@pytest.mark.parametrize("mad_factor", ["1", "3"])
def test_nothing_moved_is_no_breach(mad_factor: str) -> None:
    found = effect_of(rule(mad_factor=D(mad_factor)), shock(*five(*[1000] * 5), events=()))
    assert (found.state, found.is_breach, found.effect) == ("quiet", False, 0)


@pytest.mark.req("004-G1")
def test_four_peers_move_nothing_and_are_a_matter_for_people() -> None:
    told = line({TEAM: 80}, shock(*DROP[:4]))
    assert (told["shock"]["state"], told["target"], told["kpi_score"]) == ("too_few", "100", "50")
    assert (told["shock"]["control"]["factor"], len(told["shock"]["control"]["peers"])) == ("1", 4)


@pytest.mark.req("004-G1")
@pytest.mark.parametrize(
    ("left_out", "why"),
    [
        (peer("p4", 900, is_own=True), "own_account"),
        (peer("p4", 900, registered_on=BEGINS), "registered_late"),
        (peer("p4", None), "no_reading"),
        (peer("p4", 900, base=None), "no_reading"),
        (peer("p4", 0), "not_positive"),
        (peer("p4", 900, base=-1), "not_positive"),
    ],
)
def test_who_does_not_count_is_named_with_the_reason(left_out: PeerInput, why: str) -> None:
    told = line({TEAM: 80}, shock(*DROP[:4], left_out))
    assert told["shock"]["state"] == "too_few"
    assert told["shock"]["control"]["left_out"] == [{"peer_id": "p4", "why": why}]
    assert told["target"] == "100"


def test_the_day_before_the_shock_is_early_enough() -> None:
    found = effect_of(rule(), shock(*DROP[:4], peer("p4", 900, registered_on=date(2026, 9, 30))))
    assert (found.state, len(found.changes)) == ("applied", 5)


def test_one_missing_month_of_the_base_leaves_a_peer_out() -> None:
    gap = PeerInput("p4", date(2026, 1, 5), False, (D(1), None, D(1)), (D(1),))
    assert effect_of(rule(), shock(gap)).left_out == (("p4", "no_reading"),)


@pytest.mark.req("000-G2", "003-G12")
def test_an_event_without_control_is_noted_and_moves_nothing() -> None:
    plain, noted = line({TEAM: 80}, None, make_scheme()), line({TEAM: 80}, shock(*DROP), make_scheme())
    assert noted.pop("shock") == {"events": [EVENT.to_dict()], "platform": "x", "state": "noted"}
    assert noted == plain


def test_a_kpi_that_the_block_does_not_name_keeps_its_target() -> None:
    told = line({TEAM: 80}, shock(*DROP), make_scheme(peer_control=control(kpis=[QUALITY])))
    assert (told["shock"]["state"], told["target"]) == ("noted", "100")


def test_a_scheme_without_events_has_the_very_same_trace_with_and_without_the_block() -> None:
    with_block = run([segment("a", at_target())], make_scheme(peer_control=control()))
    assert with_block.people[0].to_dict() == run([segment("a", at_target())]).people[0].to_dict()


def test_a_target_row_is_moved_with_all_its_levels() -> None:
    row = TargetInput(D(500), D(400), D(450), D(600), "people/targets.csv row 3", 3)
    told = line({TEAM: 400}, shock(*DROP), targets={("a", "2026-01-01", TEAM): row})
    levels = [told[name] for name in ("baseline", "threshold", "target", "stretch")]
    assert levels == ["320", "360", "400", "480"]
    assert (told["attainment"], told["target_source"]) == ("100", "people/targets.csv row 3")
    assert told["shock"]["control"]["raw"]["attainment"] == "0"


def test_a_target_below_zero_is_left_to_people() -> None:
    row = TargetInput(D(-50), D(-100))
    told = line({TEAM: -50}, shock(*DROP), targets={("a", "2026-01-01", TEAM): row})
    assert (told["shock"]["state"], told["target"], told["kpi_score"]) == ("target_not_positive", "-50", "100")


def test_a_share_is_not_asked_beyond_its_limit() -> None:
    data = scheme_data(peer_control=control())
    data["kpis"][TEAM] = kpi(aggregation="ratio_of_sums", limit=D(1), default_target={"target": D("0.9"), "why": WHY})
    told = line({TEAM: D("0.9")}, shock(*five(*[1250] * 5)), Scheme.model_validate(data))
    assert D(told["target"]) == pytest.approx(D(1), abs=D("1e-12"))
    assert told["attainment"] == "90"


def test_withheld_data_stays_withheld_and_its_goal_is_shown_moved() -> None:
    told = line({TEAM: "withheld"}, shock(*DROP))
    assert (told["status"], told["kpi_score"], told["target"]) == ("withheld", None, "80")
    assert told["shock"]["control"]["raw"]["attainment"] is None


def test_a_lower_is_better_target_moves_the_same_way() -> None:
    """Everybody's reply time rose by a quarter: 125 minutes are what 100 were."""
    scheme = make_scheme(peer_control=control(kpis=[PACE]))
    given = shock(*five(*[1250] * 5))
    result = run([segment("a", at_target(**{PACE: 125}), shocks={PACE: given})], scheme)
    told = result.people[0].to_dict()["segments"][0]["lines"][2]
    assert (told["target"], told["baseline"], told["attainment"], told["kpi_score"]) == ("125", "250", "100", "100")


# -- what must hold for any numbers

values = st.decimals(min_value=1, max_value=100_000, places=2)
pairs = st.lists(st.tuples(values, values), min_size=5, max_size=9)
betas = st.decimals(min_value=0, max_value=1, places=3)
caps = st.decimals(min_value=1, max_value=99, places=1)


def made(found: list[tuple[Decimal, Decimal]]) -> list[PeerInput]:
    return [peer(f"p{index}", now, base) for index, (base, now) in enumerate(found)]


@pytest.mark.req("004-G1")
@given(pairs, betas, caps)
def test_up_and_down_are_symmetric(found: list[tuple[Decimal, Decimal]], beta: Decimal, cap: Decimal) -> None:
    """Peers that did the reverse have the reverse effect, and without the cap the two factors cancel out."""
    rules = rule(beta=beta, cap=cap)
    here = effect_of(rules, shock(*made(found)))
    there = effect_of(rules, shock(*made([(now, base) for base, now in found])))
    assert here.effect is not None
    assert there.effect is not None
    assert abs(here.effect + there.effect) < D("1e-30")
    assert here.mad == pytest.approx(there.mad)
    assert here.is_breach == there.is_breach
    inside = [one for one in (here, there) if D(1) - cap / 100 < one.factor < D(1) + cap / 100]
    if len(inside) == 2:
        assert abs(here.factor * there.factor - 1) < D("1e-10")


@given(st.decimals(min_value=-20, max_value=20, places=4), betas, caps)
def test_the_factor_is_capped_on_both_sides(effect: Decimal, beta: Decimal, cap: Decimal) -> None:
    found = factor_of(rule(beta=beta, cap=cap), effect)
    assert 1 - cap / 100 <= found <= 1 + cap / 100
    assert (found - 1) * effect >= 0


@pytest.mark.req("004-G1")
@given(pairs, st.randoms())
def test_the_order_of_the_peers_changes_nothing(found: list[tuple[Decimal, Decimal]], random: Any) -> None:
    peers = made(found)
    shuffled = list(peers)
    random.shuffle(shuffled)
    assert effect_of(rule(), shock(*peers)) == effect_of(rule(), shock(*shuffled))


@given(pairs, values, values)
def test_a_better_value_never_scores_less(found: list[tuple[Decimal, Decimal]], one: Decimal, other: Decimal) -> None:
    given_shock = shock(*made(found))
    low, high = sorted((one / 500, other / 500))
    scores = [D(line({TEAM: value}, given_shock)["kpi_score"]) for value in (low, high)]
    assert scores[0] <= scores[1]


@pytest.mark.req("004-G1")
@given(pairs, st.lists(st.tuples(values, values), max_size=4))
def test_own_accounts_say_nothing(found: list[tuple[Decimal, Decimal]], own: list[tuple[Decimal, Decimal]]) -> None:
    """However the own accounts did, effect, deviation and factor are those of the others."""
    alone = effect_of(rule(), shock(*made(found)))
    ours = [peer(f"own{index}", now, base, is_own=True) for index, (base, now) in enumerate(own)]
    beside = effect_of(rule(), shock(*made(found), *ours))
    assert (beside.effect, beside.mad, beside.factor, beside.changes) == (
        alone.effect,
        alone.mad,
        alone.factor,
        alone.changes,
    )
    assert [why for _, why in beside.left_out] == ["own_account"] * len(own)


@given(pairs, values)
def test_a_value_that_moved_with_the_peers_scores_as_before(found: list[tuple[Decimal, Decimal]], own: Decimal) -> None:
    """The attainment of value × factor by the moved goal is that of the value by the raw one."""
    given_shock = shock(*made(found))
    factor = D(line({TEAM: 100}, given_shock)["shock"]["control"]["factor"])
    before = D(line({TEAM: own / 500}, None)["attainment"])
    after = D(line({TEAM: own / 500 * factor}, given_shock)["attainment"])
    assert abs(after - before) < D("1e-6")
