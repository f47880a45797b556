"""A second score beside the paying one: shadows pay nothing, a guarantee pays the larger of the two amounts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_builders import PACE, QUALITY, TEAM, WHY, at_target, make_scheme, run, scheme_data, segment
from test_individual_pay import LINEAR, SHARES

from pipelines.schemes.model import Scheme
from pipelines.scoring import AdjustmentInput, FinanceInput, OtherScore, PersonTrace

pytestmark = pytest.mark.req("003-W7")
D = Decimal


def own_pay(version: str = "2.0.0", **kpis: int) -> Scheme:
    """The small scheme paying the own score, of whole months, with one role component of the given weights."""
    data = scheme_data(version=version)
    del data["pool"]
    data["individual"] = {
        "req": "001-I1", "title": WHY, "shares": SHARES | {"month": 100, "quarter": 0, "year": 0}, "by": "base",
        "payout": LINEAR, "why": WHY,
    }  # fmt: skip
    weights: dict[str, int] = kpis or {QUALITY: 50, PACE: 50}
    data["roles"]["content"]["components"] = [
        {"id": "all", "title": WHY, "req": "001-R4", "weight": 100, "kpis": weights, "why": WHY}
    ]
    return Scheme.model_validate(data)


PRESENT, FORMER = own_pay(), own_pay("1.0.0", **{QUALITY: 100})


def beside(segments: list, mode: str = "guarantee", scheme: Scheme = FORMER, **more: Any) -> list[OtherScore]:
    other = run(segments, scheme, **more)
    return [OtherScore(person.person_id, mode, scheme, person) for person in other.people]


def li(result: Any) -> PersonTrace:
    return next(person for person in result.people if person.person_id == "li")


def scored(values: dict[str, Any], mode: str = "guarantee", **more: Any) -> PersonTrace:
    segments = [segment("li", values)]
    return li(run(segments, PRESENT, others=beside(segments, mode), **more))


def test_the_larger_of_the_two_amounts_is_paid():
    # by the former scheme 1000 × 100 %, by the present one 1000 × (100 + 50) / 2 %
    trace = scored(at_target(**{PACE: 120}))
    (one,) = trace.beside
    assert (one.status, one.present, one.brings, one.top_up) == ("due", D("750.00"), D("1000.00"), D("250.00"))
    assert (one.present_score, one.other_score) == (D("75.00"), D("100.00"))
    assert (trace.earned, trace.payable) == (D("750.00"), D("1000.00"))
    assert [(extra.kind, extra.amount, extra.reason) for extra in trace.extras] == [
        ("guarantee", D("250.00"), "max(0, 1000.00 − 750.00)")
    ]
    assert trace.to_dict()["beside"][0]["trace"]["segments"][0]["lines"][0]["kpi_id"] == QUALITY
    assert [(step.code, step.value) for step in trace.steps][-2:] == [("guarantee", "250.00"), ("payable", "1000.00")]


def test_the_guarantee_stands_in_the_ledger():
    segments = [segment("li", at_target(**{PACE: 120}))]
    result = run(segments, PRESENT, others=beside(segments))
    assert [(entry.entry_type, entry.amount) for entry in result.ledger] == [
        ("earning", D("750.00")),
        ("guarantee", D("250.00")),
    ]


def test_nothing_is_due_where_the_present_scheme_brings_more():
    trace = scored(at_target(**{QUALITY: 80}))
    assert (trace.beside[0].status, trace.beside[0].top_up, trace.extras) == ("not_due", D(0), ())
    assert trace.payable == trace.earned == D("750.00")


def test_a_shadow_moves_nothing():
    values = at_target(**{PACE: 120})
    plain, shadowed = li(run([segment("li", values)], PRESENT)), scored(values, "shadow")
    assert (shadowed.beside[0].status, shadowed.beside[0].brings) == ("no_effect", D("1000.00"))
    assert "beside" not in plain.to_dict()
    with_it = shadowed.to_dict()
    del with_it["beside"]
    assert with_it == plain.to_dict()


@pytest.mark.parametrize("kpi", [QUALITY, PACE])
def test_a_guarantee_waits_for_data_of_either_scheme(kpi):
    trace = scored(at_target(**{PACE: 120, kpi: "withheld"}))
    assert (trace.beside[0].status, trace.beside[0].top_up) == ("waits", D(0))
    assert "guarantee_waits" in [note.code for note in trace.notes]
    assert not trace.extras


def test_data_that_the_other_scheme_alone_needs_makes_it_wait_too():
    segments = [segment("li", at_target(**{TEAM: "withheld"}))]
    others = beside(segments, scheme=own_pay("1.0.0", **{QUALITY: 50, TEAM: 50}))
    assert li(run(segments, PRESENT, others=others)).beside[0].status == "waits"


def test_pay_by_the_piece_and_team_shares_are_of_the_scheme_that_has_them():
    """By the former scheme 1000 of bonus, 100 pieces at 2 and a tenth of 500 of excess profit."""
    rate = {"id": "r", "title": WHY, "req": "003-K24", "kpi": TEAM, "amount": 2, "why": WHY}
    share = {
        "id": "s", "title": WHY, "req": "004-I3", "rate": 10, "of": "excess_profit", "period": "month",
        "points": "score", "why": WHY,
    }  # fmt: skip
    data = FORMER.model_dump() | {"piece_rates": [rate], "team_shares": [share]}
    former = Scheme.model_validate(data)
    segments = [segment("li", at_target())]
    finance = [FinanceInput("profit", "", D(1500)), FinanceInput("profit_target", "", D(1000))]
    trace = li(run(segments, PRESENT, others=beside(segments, scheme=former, finance=finance), finance=finance))
    (one,) = trace.beside
    assert (one.present, one.brings, one.top_up) == (D("1000.00"), D("1250.00"), D("250.00"))
    # and the other way round they are what the paying scheme brings
    turned = li(run(segments, former, others=beside(segments, scheme=PRESENT, finance=finance), finance=finance))
    assert (turned.beside[0].present, turned.beside[0].top_up) == (D("1250.00"), D(0))


def test_adjustments_stand_on_neither_side():
    fine = AdjustmentInput("li", D("-500.00"), "double payment", "chen", 2)
    trace = scored(at_target(**{PACE: 120}), adjustments=[fine])
    assert (trace.beside[0].top_up, trace.payable) == (D("250.00"), D("500.00"))


def test_a_role_that_the_other_scheme_does_not_have_is_not_scored():
    segments = [segment("li", at_target(), role="content")]
    other = [replace(segments[0], role="elsewhere")]
    trace = li(run(segments, PRESENT, others=beside(other)))
    assert (trace.beside[0].status, trace.beside[0].top_up) == ("not_scored", D(0))


def test_a_row_on_part_of_the_days_is_told_and_compares_nothing():
    others = [OtherScore("li", "guarantee", FORMER, None)]
    trace = li(run([segment("li", at_target())], PRESENT, others=others))
    assert trace.beside == ()
    assert [(note.code, note.params) for note in trace.notes if note.code == "beside_partly"] == [
        ("beside_partly", {"mode": "guarantee", "scheme": "t"})
    ]


def test_a_guarantee_takes_nothing_from_the_pool():
    """By pool li and wang share; the former scheme, by the own score, brings li more."""
    pool = make_scheme()
    people = [segment("li", at_target(**{TEAM: 80})), segment("wang", at_target(**{TEAM: 80}))]
    plain = run(people, pool)
    others = [one for one in beside(people) if one.person_id == "li"]
    result = run(people, pool, others=others)
    assert [one.to_dict() for one in result.pools] == [one.to_dict() for one in plain.pools]
    got = {person.person_id: person for person in result.people}
    before = {person.person_id: person for person in plain.people}
    assert got["wang"].to_dict() == before["wang"].to_dict()
    assert got["li"].payable == max(before["li"].payable, D("1000.00")) > before["li"].payable


def test_a_colleagues_missing_data_does_not_make_it_wait():
    pool = make_scheme()
    people = [segment("li", at_target(**{PACE: 120})), segment("wang", at_target(**{QUALITY: "withheld"}))]
    others = [one for one in beside(people) if one.person_id == "li"]
    assert li(run(people, pool, others=others)).beside[0].status == "due"


amounts = st.decimals(min_value=-50, max_value=400, places=2)
readings = st.fixed_dictionaries(
    {kpi: st.one_of(amounts, st.sampled_from(["withheld", "not_applicable"])) for kpi in (TEAM, QUALITY, PACE)}
)
forms = st.sampled_from([PRESENT, FORMER, make_scheme(version="3.0.0"), own_pay("4.0.0", **{PACE: 30, TEAM: 70})])


@given(st.lists(readings, min_size=1, max_size=3), forms, forms)
@settings(max_examples=300)
def test_never_less_than_either_amount_and_never_more_than_the_larger(values, present, former):
    """Known data: exactly the larger amount is paid. Withheld data: what the paying scheme pays, and nothing else."""
    people = [segment(f"p{index}", one) for index, one in enumerate(values)]
    plain = {person.person_id: person for person in run(people, present).people}
    others = beside(people, scheme=former)
    for trace in run(people, present, others=others).people:
        alone = plain[trace.person_id].payable
        (one,) = trace.beside
        assert one.present == alone
        if one.status in ("due", "not_due"):
            assert trace.payable == max(alone, one.brings)
        else:
            assert trace.payable == alone


@given(st.lists(readings, min_size=1, max_size=3), st.data(), forms, forms)
@settings(max_examples=200)
def test_what_was_paid_with_a_guarantee_never_shrinks_when_data_arrives(values, data, present, former):
    """The sum of pay and guarantee only grows, whoever's data was missing."""

    def paid(given_values: list[dict[str, Any]]) -> dict[str, Decimal]:
        people = [segment(f"p{index}", one) for index, one in enumerate(given_values)]
        found = run(people, present, others=beside(people, scheme=former)).people
        return {person.person_id: person.payable for person in found}

    later = [{kpi: data.draw(amounts) if v == "withheld" else v for kpi, v in one.items()} for one in values]
    first, then = paid(values), paid(later)
    assert all(then[person] >= first[person] for person in first)
