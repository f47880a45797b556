"""Team shares as properties over generated teams: to the cent, whatever the order, and never too much too early."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_builders import PACE, QUALITY, TEAM, run, segment
from test_team_shares import SAVINGS_KPI, scheme, share, share_gate

from pipelines.schemes.model import Scheme
from pipelines.scoring import KpiReading, PeriodResult, SegmentInput
from pipelines.scoring.numbers import round_once

D = Decimal
many = settings(max_examples=500)
COHORT = "lead_conversion_cohort"

amounts = st.decimals(min_value=-50, max_value=400, places=2)
money = st.decimals(min_value=-9000, max_value=9000, places=2)
values = st.one_of(amounts, st.sampled_from(["withheld", "not_applicable"]))
readings = st.fixed_dictionaries(dict.fromkeys((TEAM, QUALITY, PACE), values))
gains = st.one_of(money, money, money, st.sampled_from(["withheld", "not_applicable"]))
fractions = st.tuples(st.integers(0, 9), st.integers(0, 9))
row = st.tuples(readings, gains, st.one_of(fractions, st.none()), st.integers(0, 31),
                st.decimals(min_value=0, max_value=9000, places=2), st.sampled_from(["x", "y"]))  # fmt: skip
teams = st.lists(row, min_size=1, max_size=6)
gate = share_gate(id="quality", kpi=COHORT, at_most=None, at_least="0.5")
schemes = st.builds(
    lambda points, rate, gates: scheme(share(points=points, rate=rate, gates=gates)),
    st.sampled_from(["score", "target_weighted"]),
    st.decimals(min_value=D("0.01"), max_value=100, places=2),
    st.sampled_from([[], [gate]]),
)


def cohort(part: tuple[int, int] | None) -> KpiReading:
    if part is None:
        return KpiReading(COHORT, None, status="withheld", reason_code="gap")
    top, bottom = D(part[0]), D(part[1])
    if not bottom:
        return KpiReading(COHORT, None, top, bottom, 1, "not_applicable", "zero_denominator")
    return KpiReading(COHORT, top / bottom, top, bottom, 1)


def people(rows: list[Any]) -> list[SegmentInput]:
    made = []
    for number, (values_, gain, part, days, base, team) in enumerate(rows):
        own = segment(f"p{number}", values_ | {SAVINGS_KPI: gain}).readings
        made.append(
            segment(f"p{number}", {}, days, bonus_base=base, team_id=team, readings={**own, COHORT: cohort(part)})
        )
    return made


def dump(result: PeriodResult) -> str:
    told = [one.to_dict() for one in (*result.people, *result.shares, *result.ledger)]
    return json.dumps(told, ensure_ascii=False)


@many
@given(teams, schemes)
def test_a_share_is_conserved_to_the_cent_and_rounded_once(rows: list[Any], rule: Scheme) -> None:
    result = run(people(rows), rule)
    for found in result.shares:
        value = found.gain.value
        if found.status == "paid":
            assert value is not None
            assert found.amount == round_once(found.rule.rate * value / 100)
        else:
            assert found.amount == 0
        assert found.earned + found.held + found.undistributed == found.amount
        assert all(min(part.earned, part.held) >= 0 for part in found.members)
        if found.mass:
            assert found.undistributed == 0
    for person in result.people:
        own = [one.part for segment_ in person.segments for one in segment_.shares]
        assert person.earned == sum((one.earned for one in (*person.segments, *own)), D(0))
        assert person.held == sum((one.held for one in (*person.segments, *own)), D(0))


@many
@given(teams, schemes, st.randoms(use_true_random=False))
def test_the_order_of_persons_changes_nothing(rows: list[Any], rule: Scheme, random: Any) -> None:
    segments = people(rows)
    shuffled = list(segments)
    random.shuffle(shuffled)
    assert dump(run(segments, rule)) == dump(run(shuffled, rule))


@many
@given(teams, schemes)
def test_renaming_persons_renames_their_parts_but_for_the_cent_of_a_tie(rows: list[Any], rule: Scheme) -> None:
    names = {f"p{number}": f"p{len(rows) - number}" for number in range(len(rows))}
    before = run(people(rows), rule)
    renamed = [
        segment(names[one.person_id], {}, one.eligible_days, bonus_base=one.bonus_base, team_id=one.team_id,
                readings=one.readings)
        for one in people(rows)
    ]  # fmt: skip
    after = {one.pool_id: one for one in run(renamed, rule).shares}
    for found in before.shares:
        parts = {part.person_id: part for part in after[found.pool_id].members}
        for part in found.members:
            other = parts[names[part.person_id]]
            assert part.high_mass == other.high_mass
            assert abs(part.earned + part.held - other.earned - other.held) <= D("0.01")


@many
@given(teams, schemes)
def test_what_is_not_known_withholds_and_what_is_missed_pays_nothing(rows: list[Any], rule: Scheme) -> None:
    for found in run(people(rows), rule).shares:
        inside = [one for one in rows if one[5] == found.team_id and one[3]]
        known = [gain for _, gain, *_ in inside if not isinstance(gain, str)]
        is_open = any(gain == "withheld" for _, gain, *_ in inside)
        gates = [one.status for one in found.gates]
        if is_open:
            assert found.status in ("withheld", "gate_not_met")
        elif not known:
            assert found.status == "not_applicable"
        elif sum(known) <= 0:
            assert found.status == "no_gain"
        elif "not_met" in gates:
            assert found.status == "gate_not_met"
        else:
            assert found.status == ("withheld" if "not_checked" in gates else "paid")
        if gates and any(part is None for _, _, part, *_ in inside):
            assert gates == ["not_checked"]


@many
@given(teams, schemes, st.data())
def test_paid_now_is_due_whatever_the_missing_data_turn_out_to_be(rows: list[Any], rule: Scheme, data: Any) -> None:
    mended = []
    for values_, *rest in rows:
        choice = st.one_of(amounts, st.just("not_applicable"))
        whole = {name: data.draw(choice) if value == "withheld" else value for name, value in values_.items()}
        # something must stay applicable: who is measured by nothing any more has no part
        mended.append(((values_ if set(whole.values()) == {"not_applicable"} else whole), *rest))
    now, then = run(people(rows), rule), run(people(mended), rule)
    for before, after in zip(now.shares, then.shares, strict=True):
        for was, became in zip(before.members, after.members, strict=True):
            # to a cent, as with pools: the largest remainder may hand it to another
            assert was.earned <= became.earned + D("0.01")
