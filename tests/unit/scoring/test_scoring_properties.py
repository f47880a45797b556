"""The invariants of scoring.md section 11, as properties over generated teams."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_builders import PACE, QUALITY, TEAM, WHY, gate, run, scheme_data, segment, veto

from pipelines.schemes.model import Scheme
from pipelines.scoring import AdjustmentInput, PeriodResult, ReviewInput, SegmentInput
from pipelines.scoring.curves import read_curve
from pipelines.scoring.numbers import apportion, largest_remainder, round_once

D = Decimal
KPIS = (TEAM, QUALITY, PACE)
many = settings(max_examples=500)

amounts = st.decimals(min_value=-50, max_value=400, places=2)
values = st.one_of(amounts, st.sampled_from(["withheld", "not_applicable"]))
known = st.fixed_dictionaries(dict.fromkeys(KPIS, amounts))
readings = st.fixed_dictionaries(dict.fromkeys(KPIS, values))
bases = st.decimals(min_value=0, max_value=9000, places=2)
days = st.integers(min_value=0, max_value=31)


def scheme_of(points: str = "target_weighted", cap: int = 150, **more: Any) -> Scheme:
    data = scheme_data(**more)
    data["pool"] |= {
        "points": points,
        "personal_cap": {"kind": "linear", "points": [(0, 0), (100, cap)], "why": WHY},
    }
    return Scheme.model_validate(data)


schemes = st.builds(scheme_of, st.sampled_from(["score", "target_weighted"]), st.sampled_from([50, 120, 150, 1000]))
members = st.lists(st.tuples(readings, bases, days), min_size=1, max_size=6)


def team(rows: list[tuple[dict[str, Any], Decimal, int]]) -> list[SegmentInput]:
    return [segment(f"p{i}", row, count, bonus_base=base) for i, (row, base, count) in enumerate(rows)]


def dump(result: PeriodResult) -> str:
    traces = [person.to_dict() for person in result.people] + [pool.to_dict() for pool in result.pools]
    return json.dumps(traces + [entry.to_dict() for entry in result.ledger], ensure_ascii=False)


@many
@given(members, schemes)
def test_a_pool_conserves_to_the_cent(rows: list[Any], scheme: Scheme) -> None:
    result = run(team(rows), scheme)
    for pool in result.pools:
        assert pool.earned + pool.held + pool.undistributed == pool.amount
        assert min(pool.earned, pool.held, pool.undistributed) >= 0
        for member in pool.members:
            assert member.earned + member.held <= member.cap
    assert sum(person.payable for person in result.people) == sum(pool.earned for pool in result.pools)


@many
@given(members, st.randoms(use_true_random=False))
def test_the_order_of_input_changes_nothing(rows: list[Any], random: Any) -> None:
    segments = team(rows)
    shuffled = list(segments)
    random.shuffle(shuffled)
    assert dump(run(segments, scheme_of())) == dump(run(shuffled, scheme_of())) == dump(run(segments, scheme_of()))


@many
@given(members)
def test_swapping_two_persons_swaps_their_results(rows: list[Any]) -> None:
    there = run(team(rows), scheme_of()).people
    back = run(team(rows[::-1]), scheme_of()).people[::-1]
    for one, other in zip(there, back, strict=True):
        assert one.printed_score == other.printed_score
        # among equal remainders the cent goes to the earlier id
        assert abs(one.earned - other.earned) <= D("0.01")


@many
@given(known, st.sampled_from(KPIS), st.decimals(min_value=0, max_value=200, places=2), st.booleans())
def test_a_better_value_never_lowers_the_score(row: dict[str, Any], kpi: str, gain: Decimal, corrected: bool) -> None:
    rules = {"vetoes": [veto(effect="multiply", amount=D("0.8")), veto(id="b", effect="deduct", amount=7)]}
    reviews = [ReviewInput("p0", D(50), "j")] if corrected else []
    better = row | {kpi: row[kpi] - gain if kpi == PACE else row[kpi] + gain}
    before, after = (
        run(team([(r, D(1000), 31)]), scheme_of(**rules), reviews=reviews).people[0] for r in (row, better)
    )
    assert before.printed_score is not None
    assert after.printed_score is not None
    assert after.printed_score >= before.printed_score


@many
@given(members, st.lists(st.integers(min_value=0, max_value=100), max_size=3))
def test_printed_points_sum_to_the_printed_score(rows: list[Any], scores: list[int]) -> None:
    scheme = scheme_of(
        vetoes=[
            veto(effect="multiply", amount=D("0.77")),
            veto(id="r", scope="component", of="role", effect="deduct", amount=13),
        ],
        gates=[gate(kpi=TEAM, at_most=90, effect="cap", amount=70)],
    )
    reviews = [ReviewInput("p0", D(score), f"j{i}") for i, score in enumerate(scores)]
    # every second row is a further segment of the first person
    segments = [
        segment("p0" if i % 2 == 0 else f"p{i}", row, count, bonus_base=base,
                segment_id=f"2026-10-{i + 1:02d}", valid_from=date(2026, 10, i + 1))
        for i, (row, base, count) in enumerate(rows)
    ]  # fmt: skip
    for person in run(segments, scheme, reviews=reviews).people:
        items = [i for s in person.segments for i in s.lines if i.printed_points is not None]
        effects = [d.printed for s in person.segments for d in s.decisions]
        printed = sum((item.printed_points or D(0) for item in items), D(0)) + sum(effects, D(0))
        assert printed == (person.printed_score or D(0))


@many
@given(members, st.sampled_from(KPIS), st.sampled_from(["withheld", "not_applicable"]))
def test_missing_is_never_zero(rows: list[Any], kpi: str, status: str) -> None:
    """Taking a KPI's data away leaves a status; the score over the rest is what it would be without that KPI."""
    row, base, _ = rows[0]
    person = run([segment("a", row | {kpi: status}, bonus_base=base)], scheme_of()).people[0]
    (line,) = [item for item in person.segments[0].lines if item.kpi_id == kpi]
    assert line.status == status
    assert line.score is None
    assert line.to_dict()["kpi_score"] is None
    assert (line.effective_weight > 0) == (status == "withheld")
    others = [item.score for item in person.segments[0].lines if item.score is not None]
    if others:
        assert person.score is not None
        assert round_once(min(others)) <= round_once(person.score) <= round_once(max(others))
    else:
        assert person.printed_score is None


def _mend(row: dict[str, Any], data: Any) -> dict[str, Any]:
    """Replace what is withheld by any value or by "not applicable"; something must stay applicable for the pool."""
    choice = st.one_of(amounts, st.just("not_applicable"))
    mended = {kpi: data.draw(choice) if value == "withheld" else value for kpi, value in row.items()}
    return mended if set(mended.values()) != {"not_applicable"} else row


@many
@given(st.lists(st.tuples(readings, st.decimals(min_value=1, max_value=9000, places=2), st.integers(1, 31)),
                min_size=1, max_size=5), st.data(), schemes)  # fmt: skip
def test_paid_now_is_due_whatever_the_missing_data_turn_out_to_be(rows: list[Any], data: Any, scheme: Scheme) -> None:
    """Held pay: nobody's part grows because another's data is broken, and nobody has to pay back when it is mended.

    A withheld reading is replaced by any value, or by "not applicable". One cent is left to the rounding.
    """
    now = run(team(rows), scheme)
    mended = [(_mend(row, data), base, count) for row, base, count in rows]
    then = run(team(mended), scheme)
    for before, after in zip(now.people, then.people, strict=True):
        assert before.earned <= after.earned + after.held + D("0.01")
    # the pool never needs more than it set aside
    for before_pool, after_pool in zip(now.pools, then.pools, strict=True):
        assert before_pool.earned <= after_pool.earned + after_pool.held + D("0.01") * len(rows)
        assert after_pool.amount <= before_pool.amount


@many
@given(known, st.sampled_from(KPIS), members)
def test_nobodys_share_grows_because_anothers_data_is_broken(row: dict[str, Any], kpi: str, rows: list[Any]) -> None:
    whole = [(row, D(3000), 31), *rows]
    broken = [(row | {kpi: "withheld"}, D(3000), 31), *rows]
    sound, hurt = run(team(whole), scheme_of()), run(team(broken), scheme_of())
    for before, after in zip(sound.people[1:], hurt.people[1:], strict=True):
        assert after.earned <= before.earned + D("0.01")
    # and the one whose data is broken has lost nothing: it is paid or held
    first = hurt.people[0]
    assert first.earned + first.held + D("0.01") >= sound.people[0].earned


@many
@given(known, st.integers(min_value=1, max_value=30), bases)
def test_segments_that_differ_in_nothing_are_worth_the_whole(row: dict[str, Any], cut: int, base: Decimal) -> None:
    def part(count: int) -> dict[str, Any]:
        return row | {TEAM: row[TEAM] * count / D(31)}  # the one additive KPI accrues by the day

    whole = run([segment("a", row, bonus_base=base)], scheme_of()).people[0]
    halves = [
        segment("a", part(cut), cut, bonus_base=base),
        segment("a", part(31 - cut), 31 - cut, bonus_base=base, segment_id="later", valid_from=date(2026, 10, 1 + cut)),
    ]
    split = run(halves, scheme_of()).people[0]
    assert split.printed_score == whole.printed_score
    assert split.target == whole.target
    assert abs(split.earned - whole.earned) <= D("0.02")  # each segment's cap is a whole cent, rounded down


@many
@given(members, st.lists(st.tuples(st.integers(0, 8), st.decimals(-500, 500, places=2)), max_size=5))
def test_the_ledger_adds_up(rows: list[Any], lines: list[tuple[int, Decimal]]) -> None:
    adjustments = [AdjustmentInput(f"p{who}", amount, "why", "boss") for who, amount in lines]
    result = run(team(rows), scheme_of(), adjustments=adjustments)
    for person in result.people:
        own = [e.amount for e in result.ledger if e.person_id == person.person_id and e.entry_type != "held"]
        assert sum(own, D(0)) == person.payable
    register = sum((e.amount for e in result.ledger if e.entry_type in ("earning", "adjustment")), D(0))
    assert register == sum((person.payable for person in result.people), D(0))


@many
@given(st.integers(0, 10**9), st.lists(st.decimals(0, 10**6, places=4), min_size=1, max_size=30))
def test_largest_remainder_conserves_and_stays_within_one_unit(total: int, weights: list[Decimal]) -> None:
    parts = largest_remainder(total, weights)
    whole = sum(weights)
    if whole == 0:
        assert parts == [0] * len(weights)
        return
    assert sum(parts) == total
    assert all(abs(part - D(total) * weight / whole) < 1 for part, weight in zip(parts, weights, strict=True))


@many
@given(st.lists(st.decimals(-100, 100, places=7), min_size=1, max_size=20))
def test_apportioned_parts_sum_to_the_rounded_total(parts: list[Decimal]) -> None:
    total = round_once(sum(parts, D(0)))
    printed = apportion(total, parts)
    assert sum(printed) == total
    assert all(abs(shown - part) < D("0.01") for shown, part in zip(printed, parts, strict=True))


@many
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=1, max_size=6, unique_by=lambda p: p[0]),
       st.sampled_from(["linear", "step"]), amounts, amounts)  # fmt: skip
def test_a_curve_never_falls(points: list[tuple[int, int]], kind: str, one: Decimal, other: Decimal) -> None:
    inputs = sorted(point[0] for point in points)
    outputs = sorted(point[1] for point in points)
    curve = [(D(a), D(p)) for a, p in zip(inputs, outputs, strict=True)]
    low, high = sorted((one, other))
    assert read_curve(kind, curve, low).output <= read_curve(kind, curve, high).output
