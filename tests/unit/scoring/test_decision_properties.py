"""What holds whatever people decide: money is conserved, nothing falls below 0, order and lack of rows mean nothing."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_builders import PACE, QUALITY, TEAM, WHY, gate, run, scheme_data, segment

from pipelines.schemes.model import Scheme
from pipelines.scoring import (
    AdjustmentInput,
    AppealInput,
    AwardInput,
    CalibrationInput,
    DecisionInput,
    PeriodResult,
    PointsInput,
    SegmentInput,
)
from pipelines.scoring.ledger import PAID_TYPES

D = Decimal
KPIS = (TEAM, QUALITY, PACE)
READS = "article_reads"
many = settings(max_examples=500)

amounts = st.decimals(min_value=-50, max_value=400, places=2)
values = st.one_of(amounts, st.sampled_from(["withheld", "not_applicable"]))
readings = st.fixed_dictionaries(dict.fromkeys((*KPIS, READS), values))
rows = st.lists(
    st.tuples(readings, st.decimals(min_value=1, max_value=9000, places=2), st.integers(1, 31)), min_size=1, max_size=4
)
people = st.sampled_from(["p0", "p1", "p2", "p3", "stranger"])
scores = st.one_of(st.sampled_from(["0", "100"]), st.decimals(min_value=0, max_value=150, places=2)).map(D)
points = st.builds(
    PointsInput, people, st.decimals("0.01", 60, places=2), st.just("why"), st.just("n"), st.just("boss"),
    st.integers(2, 9),
)  # fmt: skip
awards = st.builds(
    AwardInput, people, st.just("star"), st.decimals("0.01", 5000, places=2), st.just("why"), st.just("boss"),
    st.integers(2, 9),
)  # fmt: skip
calibrations = st.builds(CalibrationInput, people, scores, scores, st.just("why"), st.just("boss"))
appeals = st.builds(AppealInput, people, st.sampled_from(["", QUALITY]), st.just("x"), st.just(date(2026, 11, 1)),
                    st.sampled_from(["open", "upheld"]))  # fmt: skip
decisions = st.tuples(
    st.lists(st.one_of(points, awards, appeals), max_size=6),
    st.lists(calibrations, max_size=4, unique_by=lambda one: one.person_id),
).map(lambda both: [*both[0], *both[1]])
own_pay = {
    "req": "002-I1",
    "title": WHY,
    "shares": {"month": 100, "quarter": 0, "year": 0, "why": WHY},
    "by": "base",
    "payout": {"kind": "linear", "points": [(0, 0), (100, 100), (120, 120)], "why": WHY},
    "why": WHY,
}


def scheme_of(is_own: bool = False, cap: int | None = 300, **more: Any) -> Scheme:
    data = scheme_data(
        bonus_points={"req": "000-R5", "max": 10, "why": WHY},
        piece_rates=[
            {"id": "reads", "title": WHY, "req": "003-K24", "kpi": READS, "per": 7, "amount": 5, "cap": cap, "why": WHY}
        ],
        **more,
    )
    if is_own:
        data = {key: value for key, value in data.items() if key != "pool"} | {"individual": own_pay}
    return Scheme.model_validate(data)


schemes = st.builds(scheme_of, st.booleans(), st.sampled_from([300, None]))


def team(given: list[Any]) -> list[SegmentInput]:
    return [segment(f"p{i}", row, count, bonus_base=base) for i, (row, base, count) in enumerate(given)]


def seen_by_the_meeting(given: list[Any], scheme: Scheme, found: list[DecisionInput]) -> list[DecisionInput]:
    """Every second calibration is of the very score that is computed, so that it is applied."""
    rest = [one for one in found if not isinstance(one, CalibrationInput)]
    computed = {one.person_id: one.printed_score for one in run(team(given), scheme, decisions=rest).people}
    made: list[DecisionInput] = list(rest)
    for place, one in enumerate(one for one in found if isinstance(one, CalibrationInput)):
        score = computed.get(one.person_id) if place % 2 == 0 else None
        made.append(
            CalibrationInput(
                one.person_id, one.seen if score is None else score, one.decided, one.reason, one.decided_by
            )
        )
    return made


def dump(result: PeriodResult) -> str:
    traces = [person.to_dict() for person in result.people] + [pool.to_dict() for pool in result.pools]
    return json.dumps(traces + [entry.to_dict() for entry in result.ledger], ensure_ascii=False)


@many
@given(rows, schemes, decisions, st.lists(st.tuples(people, st.decimals(-500, 500, places=2)), max_size=3))
def test_the_ledger_adds_up_whatever_people_decide(
    given: list[Any], scheme: Scheme, found: list[DecisionInput], lines: list[tuple[str, Decimal]]
) -> None:
    adjustments = [AdjustmentInput(who, amount, "why", "boss") for who, amount in lines]
    made = seen_by_the_meeting(given, scheme, found)
    result = run(team(given), scheme, adjustments=adjustments, decisions=made)
    for person in result.people:
        own = [entry for entry in result.ledger if entry.person_id == person.person_id]
        assert sum((e.amount for e in own if e.entry_type in PAID_TYPES), D(0)) == person.payable
        assert sum((e.amount for e in own if e.entry_type == "held"), D(0)) == person.held
        assert person.earned >= 0
        assert person.held >= 0
        assert all(extra.amount >= 0 and extra.held >= 0 for extra in person.extras)
    for pool in result.pools:
        assert pool.earned + pool.held + pool.undistributed == pool.amount
    award_sum = sum((e.amount for e in result.ledger if e.entry_type == "award"), D(0))
    assert award_sum == sum((one.amount for one in made if isinstance(one, AwardInput)), D(0))


@many
@given(rows, decisions)
def test_what_is_printed_sums_to_the_printed_score(given: list[Any], found: list[DecisionInput]) -> None:
    scheme = scheme_of(gates=[gate(kpi=TEAM, at_most=90, effect="cap", amount=70)])
    result = run(team(given), scheme, decisions=seen_by_the_meeting(given, scheme, found))
    for person in result.people:
        told = person.to_dict()
        parts = [
            item["printed_points"]
            for part in told["segments"]
            for item in (*part["lines"], *part["gates"], *([part["bonus_points"]] if "bonus_points" in part else []))
        ]
        parts += [told["calibration"]["printed_points"]] if "calibration" in told else []
        assert sum((D(one) for one in parts if one is not None), D(0)) == (person.printed_score or D(0))


@pytest.mark.req("002-I5")
@many
@given(rows, decisions, st.decimals(0, 300, places=1), st.sampled_from(["kpi", "component", "total"]))
def test_penalties_never_take_a_score_below_nothing(
    given: list[Any], found: list[DecisionInput], amount: Decimal, scope: str
) -> None:
    of = {"kpi": TEAM, "component": "role", "total": None}[scope]
    scheme = scheme_of(gates=[gate(kpi=TEAM, at_most=-100, effect="deduct", amount=amount, scope=scope, of=of)])
    result = run(team(given), scheme, decisions=seen_by_the_meeting(given, scheme, found))
    for person in result.people:
        assert person.score is None or person.score >= 0
        for part in person.segments:
            assert 0 <= part.low <= part.high
        assert person.payable >= 0  # nothing here is an adjustment


@many
@given(rows, schemes, decisions, st.randoms(use_true_random=False))
def test_the_order_of_people_and_decisions_changes_nothing(
    given: list[Any], scheme: Scheme, found: list[DecisionInput], random: Any
) -> None:
    segments, shuffled = team(given), list(found)
    turned = list(segments)
    random.shuffle(turned)
    random.shuffle(shuffled)
    assert dump(run(segments, scheme, decisions=found)) == dump(run(turned, scheme, decisions=shuffled))


@many
@given(rows, schemes, decisions)
def test_rows_that_nobody_wrote_change_nothing(given: list[Any], scheme: Scheme, found: list[DecisionInput]) -> None:
    bare = run(team(given), scheme)
    assert dump(run(team(given), scheme, decisions=[])) == dump(bare)
    # and whoever has no row is scored as without anybody's
    named = {one.person_id for one in found}
    before = {person.person_id: person for person in bare.people}
    for person in run(team(given), scheme, decisions=found).people:
        if person.person_id not in named:
            assert person.score == before[person.person_id].score
            if scheme.individual is not None:
                assert person.to_dict() == before[person.person_id].to_dict()


@many
@given(rows, schemes, decisions)
def test_a_decision_is_applied_to_the_score_that_was_seen_and_to_no_other(
    given: list[Any], scheme: Scheme, found: list[DecisionInput]
) -> None:
    rest = [one for one in found if not isinstance(one, CalibrationInput)]
    computed = {person.person_id: person for person in run(team(given), scheme, decisions=rest).people}
    for person in run(team(given), scheme, decisions=seen_by_the_meeting(given, scheme, found)).people:
        done, was = person.calibration, computed[person.person_id]
        if done is None:
            continue
        is_open = any(part.is_scorable and part.low != part.high for part in was.segments)
        should = not is_open and was.printed_score is not None and was.printed_score == done.decision.seen
        assert (done.status == "applied") == should
        assert person.printed_score == (done.decision.decided if should else was.printed_score)


def mend(row: dict[str, Any], data: Any) -> dict[str, Any]:
    choice = st.one_of(amounts, st.just("not_applicable"))
    mended = {kpi: data.draw(choice) if value == "withheld" else value for kpi, value in row.items()}
    return mended if {mended[kpi] for kpi in KPIS} != {"not_applicable"} else row


@many
@given(rows, decisions, schemes, st.data())
def test_paid_now_is_due_whatever_the_missing_data_turn_out_to_be(
    given: list[Any], found: list[DecisionInput], scheme: Scheme, data: Any
) -> None:
    """Also where the data bring the very score that a meeting decided about, so that its decision is applied then."""
    mended = [(mend(row, data), base, count) for row, base, count in given]
    made = seen_by_the_meeting(mended, scheme, found)
    now, then = (run(team(one), scheme, decisions=made) for one in (given, mended))
    for before, after in zip(now.people, then.people, strict=True):
        assert before.earned <= after.earned + after.held + D("0.01")
        paid = sum((extra.amount for extra in before.extras), D(0))
        assert paid <= sum((extra.amount + extra.held for extra in after.extras), D(0))
        if all(extra.told.get("cap", "") is not None for extra in before.extras):
            due = sum((extra.amount for extra in after.extras), D(0))
            assert due <= sum((extra.amount + extra.held for extra in before.extras), D(0))
