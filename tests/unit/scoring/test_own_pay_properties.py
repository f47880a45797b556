"""Pay by the own score, longer KPIs, gates and levels, as properties over generated people."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_builders import PACE, QUALITY, TEAM, WHY, gate, kpi, run, scheme_data, segment
from test_individual_pay import BANDS, CLASSES, LINEAR, SHARES

from pipelines.periods import parse_period
from pipelines.schemes.model import Scheme
from pipelines.scoring import CarriedReading, KpiReading, PeriodResult, SegmentInput
from pipelines.scoring.numbers import round_once

D = Decimal
KPIS = (TEAM, QUALITY, PACE)
LEVELS = ("P3", "P4", "P5")
many = settings(max_examples=500)

amounts = st.decimals(min_value=-50, max_value=400, places=2)
values = st.one_of(amounts, st.sampled_from(["withheld", "not_applicable"]))
known = st.fixed_dictionaries(dict.fromkeys(KPIS, amounts))
readings = st.fixed_dictionaries(dict.fromkeys(KPIS, values))
bases = st.decimals(min_value=0, max_value=9000, places=2)
# Gates hold here: one that passes while its data is withheld pays what the data may later take.
gates = st.sampled_from(
    [
        [],
        [gate(kpi=QUALITY, at_most=None, at_least=50, effect="deduct", amount=30, when_withheld="hold")],
        [gate(kpi=QUALITY, at_most=None, at_least=50, effect="deduct", amount=30, scope="kpi", of=TEAM,
              when_withheld="hold")],
    ]
)  # fmt: skip


def scheme_of(form: str, rules: list[dict[str, Any]], longer: str | None = None) -> Scheme:
    """The small scheme, with levels, paying the own score in one of the ways."""
    data = scheme_data(gates=rules)
    content = data["roles"]["content"]
    level = {key: content[key] for key in ("req", "why")} | {
        "components": [{"id": "all", "title": WHY, "req": "001-R4", "weight": 100, "why": WHY,
                        "kpis": {TEAM: 10, QUALITY: 60, PACE: 30}}]
    }  # fmt: skip
    content["levels"] = {"P5": level}
    if longer is not None:
        data["kpis"][QUALITY] = kpi(aggregation="ratio_of_sums", period="quarter")
        data["longer_kpis"] = {"req": "001-R2", "in_shorter": longer, "why": WHY}
    del data["pool"]
    stepped = {"kind": "step", "points": [(0, 0), (60, 50), (100, 100)], "why": WHY}
    by: dict[str, dict[str, Any]] = {
        "base": {"by": "base", "payout": LINEAR},
        "step": {"by": "base", "payout": stepped},
        "category": {"by": "category", "classes": CLASSES, "payout": LINEAR},
        "band": {"by": "band", "classes": BANDS},
    }
    data["individual"] = {"req": "001-I1", "title": WHY, "why": WHY, "shares": SHARES} | by[form]
    return Scheme.model_validate(data)


forms = st.sampled_from(["base", "step", "category", "band"])
schemes = st.builds(scheme_of, forms, gates, st.sampled_from([None, "leave_out", "carry_last"]))
parts = st.lists(
    st.tuples(readings, bases, st.integers(0, 15), st.sampled_from(LEVELS), st.booleans()), min_size=1, max_size=6
)


def carried(value: Any) -> dict[str, CarriedReading]:
    reading = KpiReading(QUALITY, None, status=value) if isinstance(value, str) else KpiReading(QUALITY, D(value))
    return {QUALITY: CarriedReading("2026-Q3", reading, None, 3, 92, 92)}


def people(rows: list[Any]) -> list[SegmentInput]:
    """Persons of one or two segments: a row whose flag is set goes on with the person before."""
    found: list[SegmentInput] = []
    number, month = 0, 0
    for row, base, days, level, goes_on in rows:
        month = month + 1 if goes_on and month < 2 else 1
        number += month == 1
        found.append(
            segment(f"p{number}", row, days, level=level, bonus_base=base, segment_id=f"2026-0{month}-01",
                    valid_from=date(2026, month, 1), carried=carried(row[QUALITY]))
        )  # fmt: skip
    return found


def dump(result: PeriodResult) -> str:
    traces = [person.to_dict() for person in result.people]
    return json.dumps(traces + [entry.to_dict() for entry in result.ledger], ensure_ascii=False)


@many
@given(parts, schemes)
def test_cents_are_conserved_and_rounded_once_a_person(rows: list[Any], scheme: Scheme) -> None:
    for person in run(people(rows), scheme).people:
        own = [one.own for one in person.segments if one.own is not None]
        assert person.earned == round_once(sum((one.due_low for one in own), D(0)))
        assert person.earned + person.held == round_once(sum((one.due_high for one in own), D(0)))
        assert sum((one.earned for one in person.segments), D(0)) == person.earned == person.payable
        assert sum((one.held for one in person.segments), D(0)) == person.held
        for one in person.segments:
            assert min(one.earned, one.held) >= 0
            due = one.own.due_low if one.own else D(0)
            assert abs(one.earned - due) < D("0.01")


@many
@given(parts, schemes, st.randoms(use_true_random=False))
def test_the_order_of_persons_changes_nothing(rows: list[Any], scheme: Scheme, random: Any) -> None:
    segments = people(rows)
    shuffled = list(segments)
    random.shuffle(shuffled)
    assert dump(run(segments, scheme)) == dump(run(shuffled, scheme))


@many
@given(parts, schemes)
def test_a_persons_pay_hangs_on_nobody_else(rows: list[Any], scheme: Scheme) -> None:
    segments = people(rows)
    alone = [run([s for s in segments if s.person_id == name], scheme).people[0] for name in
             sorted({s.person_id for s in segments})]  # fmt: skip
    together = run(segments, scheme).people
    assert [(p.earned, p.held, p.printed_score) for p in alone] == [
        (p.earned, p.held, p.printed_score) for p in together
    ]


@many
@given(known, st.sampled_from(KPIS), st.decimals(min_value=0, max_value=200, places=2), schemes,
       st.sampled_from(LEVELS))  # fmt: skip
def test_a_better_value_never_lowers_score_or_pay(
    row: dict[str, Any], name: str, gain: Decimal, scheme: Scheme, level: str
) -> None:
    better = row | {name: row[name] - gain if name == PACE else row[name] + gain}
    before, after = (
        run([segment("a", values, level=level, carried=carried(values[QUALITY]))], scheme).people[0]
        for values in (row, better)
    )
    assert (before.printed_score or D(0)) <= (after.printed_score or D(0))
    assert before.earned <= after.earned


@many
@given(parts, schemes, st.data())
def test_paid_now_is_due_and_held_is_the_most_that_may_become_due(rows: list[Any], scheme: Scheme, data: Any) -> None:
    now = run(people(rows), scheme)
    mended = []
    for row, base, days, level, goes_on in rows:
        choice = st.one_of(amounts, st.just("not_applicable"))
        values = {name: data.draw(choice) if value == "withheld" else value for name, value in row.items()}
        # something must stay applicable: who is measured by nothing any more is not paid by the score
        counting = {name for name in KPIS if name != QUALITY or scheme.longer_kpis is None or
                    scheme.longer_kpis.in_shorter == "carry_last"}  # fmt: skip
        if all(values[name] == "not_applicable" for name in counting):
            values = row
        mended.append((values, base, days, level, goes_on))
    then = run(people(mended), scheme)
    for before, after in zip(now.people, then.people, strict=True):
        assert before.earned <= after.earned
        assert after.earned + after.held <= before.earned + before.held


@many
@given(readings, st.sampled_from(["withheld", "not_applicable"]), schemes)
def test_missing_is_never_zero(row: dict[str, Any], status: str, scheme: Scheme) -> None:
    """Taking all data of a KPI away leaves a status; neither the line nor the score becomes 0 for it."""
    gone = row | {TEAM: status}
    person = run([segment("a", gone, carried=carried(gone[QUALITY]))], scheme).people[0]
    (line,) = [item for item in person.segments[0].lines if item.kpi_id == TEAM]
    assert (line.status, line.score, line.to_dict()["kpi_score"]) == (status, None, None)
    others = [item.score for item in person.segments[0].lines if item.score is not None]
    if not others:
        assert person.printed_score is None


@many
@given(st.decimals(1, 10**6, places=2), st.sampled_from(["2026-10", "2026-Q4", "2026"]),
       st.sampled_from(["month", "quarter", "year"]))  # fmt: skip
def test_a_default_is_brought_to_the_length_of_the_period(target: Decimal, period: str, per: str) -> None:
    """The same value in a target's own length is 100 points, whichever period is scored."""
    when = parse_period(period)
    data = scheme_data()
    data["kpis"][TEAM]["default_target"] = {"target": target, "per": per, "why": WHY}
    months = {"month": 1, "quarter": 3, "year": 12}[per]
    value = round_once(target * len(when.months) / months, D("1e-12"))
    row = {TEAM: value, QUALITY: 100, PACE: 100}
    person = run([segment("a", row, when.days, period_days=when.days)], Scheme.model_validate(data), period=when)
    assert person.people[0].printed_score == D("100.00")
