"""True-ups: a quarter settles what its months paid, to the cent, in every mode; golden values and properties."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_builders import PACE, QUALITY, TEAM, WHY, at_target, run, segment
from test_individual_pay import BANDS, LINEAR, own_scheme

from pipelines.periods import Month, parse_period
from pipelines.schemes.model import Scheme
from pipelines.scoring import PaidInput, PaidMonth, PeriodResult, PersonTrace, SegmentInput
from pipelines.scoring.extras import Extra

D = Decimal
QUARTER = parse_period("2026-Q3")
MONTHS: tuple[Month, ...] = QUARTER.months
MODES = ("offset", "floor", "carry")
#: A quarter's targets are three times a month's, but for ratios and medians.
AT_93 = {TEAM: 300, QUALITY: 93, PACE: 100}
many = settings(max_examples=200, deadline=None)


def settling(negative: str = "offset", by: str = "base", of: str = "quarter", payout: Any = LINEAR) -> Scheme:
    classes = BANDS if by == "band" else ()
    rule = {"req": "001-R2", "of": of, "negative": negative, "why": WHY}
    return own_scheme(by, classes, None if by == "band" else payout, true_up=rule)


def whole(person: str, values: dict[str, Any], base: Any = 3000, **more: Any) -> SegmentInput:
    """A person who is there for all of the quarter."""
    days = tuple((month.days, month.days) for month in MONTHS)
    given: dict[str, Any] = {"period_days": 92, "bonus_base": D(base), "month_days": days}
    return segment(person, values, 92, **(given | more))


def paid(*amounts: Any, person: str = "a", balance: Any = 0, balance_of: str = "") -> PaidInput:
    months = tuple(
        PaidMonth(str(month), None if amount is None else D(amount), "" if amount is None else "r1")
        for month, amount in zip(MONTHS, amounts, strict=False)
    )
    return PaidInput(person, "t", months, None if balance is None else D(balance), balance_of)


def quarter(segments: list[SegmentInput], scheme: Scheme, *given: PaidInput) -> PeriodResult:
    return run(segments, scheme, period=QUARTER, paid=given)


def settled(result: PeriodResult) -> tuple[PersonTrace, Extra]:
    (person,) = result.people
    (extra,) = [one for one in person.extras if one.kind == "true_up"]
    return person, extra


@pytest.mark.req("001-R2", "001-K5", "001-K6")
def test_the_quarter_pays_the_difference_between_its_own_result_and_what_its_months_paid() -> None:
    # the months' half of 3000, three months, at 93 points: 4185; the quarter's own 30 % is paid as ever: 2511
    person, extra = settled(quarter([whole("a", AT_93)], settling(), paid("1500", "1300", "1000")))
    assert (person.earned, extra.amount, extra.held) == (D("2511.00"), D("385.00"), 0)
    assert person.payable == D("2896.00")
    assert extra.reason == "4185 − (1500.00 + 1300.00 + 1000.00)"
    told = {step.code: (step.formula, step.value) for step in person.steps}
    assert told["true_up_due"] == ("3000 × 50 % × (31/31 + 31/31 + 30/30) × 93 %", "4185")
    assert told["true_up_paid"] == ("2026-07 r1: 1500.00 + 2026-08 r1: 1300.00 + 2026-09 r1: 1000.00", "3800.00")
    assert told["payable"] == ("2511.00 + 385.00", "2896.00")


@pytest.mark.req("001-R2")
@pytest.mark.parametrize(
    ("negative", "amount", "after"), [("offset", "-315.00", "0.00"), ("floor", "0", "0.00"), ("carry", "0", "-315.00")]
)
def test_what_the_months_paid_too_much_is_taken_kept_or_carried(negative: str, amount: str, after: str) -> None:
    person, extra = settled(quarter([whole("a", AT_93)], settling(negative), paid("1500", "1500", "1500")))
    assert extra.amount == D(amount) and extra.told["balance_after"] == after
    assert person.payable == D("2511.00") + D(amount)


@pytest.mark.req("001-R2")
def test_a_balance_that_was_carried_reduces_the_next_true_up() -> None:
    scheme = settling("carry")
    _, some = settled(quarter([whole("a", AT_93)], scheme, paid(1500, 1300, 1000, balance=-100, balance_of="2026-Q2")))
    assert (some.amount, some.told["balance_after"]) == (D("285.00"), "0.00")
    _, more = settled(quarter([whole("a", AT_93)], scheme, paid(1500, 1300, 1000, balance=-500, balance_of="2026-Q2")))
    assert (more.amount, more.told["balance_after"]) == (0, "-115.00")


@pytest.mark.req("001-R2")
@pytest.mark.parametrize("given", [paid(1500, None, 1000), paid(1500, 1300, 1000, balance=None, balance_of="2026-Q2")])
def test_a_month_without_a_seal_lets_the_true_up_wait_and_says_which(given: PaidInput) -> None:
    missing = "2026-08" if given.balance is not None else "2026-Q2"
    person, extra = settled(quarter([whole("a", AT_93)], settling("carry"), given))
    assert (extra.amount, extra.held, extra.told["status"], extra.told["missing"]) == (0, 0, "waits", [missing])
    (note,) = [note for note in person.notes if note.code == "true_up_waits"]
    assert note.params == {"of": missing}
    assert person.payable == person.earned


@pytest.mark.req("001-R2")
@pytest.mark.parametrize(
    ("months", "amount", "held"),
    [
        # quality is withheld: the quarter comes to 60 … 120 points, that is 2700 … 5400
        ((500, 500, 500), "1200.00", "2700.00"),  # both bounds pay: the lower one now, the rest is held
        ((1500, 1500, 1500), "0", "900.00"),  # the sign is open: nothing is taken for missing data
        ((2000, 2000, 2000), "-600.00", "0"),  # even at best too much was paid: that much is certain
    ],
)
def test_missing_data_neither_pays_nor_takes_back(months: Any, amount: str, held: str) -> None:
    given = whole("a", AT_93 | {QUALITY: "withheld"})
    person, extra = settled(quarter([given], settling(), paid(*months)))
    assert (extra.told["due_low"], extra.told["due_high"]) == ("2700.00", "5400.00")
    assert (extra.amount, extra.held) == (D(amount), D(held))
    assert person.held == sum((one.held for one in person.segments), D(0)) + D(held)


@pytest.mark.req("001-R2")
def test_without_a_result_of_its_own_the_quarter_settles_nothing() -> None:
    nothing = dict.fromkeys((TEAM, QUALITY, PACE), "not_applicable")
    person, extra = settled(quarter([whole("a", nothing)], settling(), paid(1500, 1300, 1000)))
    assert (extra.amount, extra.told["status"], person.payable) == (0, "not_scored", 0)
    assert "true_up_not_scored" in [note.code for note in person.notes]


def test_who_left_the_scheme_gives_back_what_it_paid() -> None:
    """The months were sealed before the change of scheme was entered: nothing is due under the old one any more."""
    _, extra = settled(quarter([], settling(), paid(1500)))
    assert extra.amount == D("-1500.00")


def test_a_true_up_is_a_line_of_its_own_on_the_ledger() -> None:
    result = quarter([whole("a", AT_93)], settling(), paid(1500, 1500, 1500))
    (entry,) = [one for one in result.ledger if one.entry_type == "true_up"]
    assert (entry.person_id, entry.segment_id, entry.amount) == ("a", "", D("-315.00"))
    assert entry.reason == "4185 − (1500.00 + 1500.00 + 1500.00)"


def test_only_its_own_kind_of_period_settles() -> None:
    for period, days in (("2026-09", 30), ("2026", 365)):
        given = segment("a", at_target(), days, period_days=days)
        (person,) = run([given], settling(), period=parse_period(period)).people
        assert person.extras == ()


def test_what_the_months_paid_must_be_handed_in() -> None:
    with pytest.raises(ValueError, match="was not handed in"):
        quarter([whole("a", AT_93)], settling())


# -- properties

amounts = st.decimals(min_value=-50, max_value=400, places=2)
values = st.fixed_dictionaries({TEAM: amounts, QUALITY: amounts, PACE: amounts})
cents = st.decimals(min_value=0, max_value=9000, places=2)
forms = st.sampled_from(["base", "band"])
modes = st.sampled_from(MODES)
#: In each month the days that count; whoever is there for none of the quarter has no segment.
days_of = st.tuples(*(st.integers(0, month.days) for month in MONTHS)).filter(any)
PEOPLE = st.lists(st.tuples(values, cents, days_of, st.tuples(cents, cents, cents)), min_size=1, max_size=4)


def rounded(value: Decimal) -> Decimal:
    return value.quantize(D("1e-15")).quantize(D("0.01"), rounding=ROUND_HALF_UP)


def people_of(rows: list[Any]) -> tuple[list[SegmentInput], list[PaidInput]]:
    segments, given = [], []
    for number, (read, base, days, months) in enumerate(rows):
        month_days = tuple((own, month.days) for own, month in zip(days, MONTHS, strict=True))
        read = read | {TEAM: read[TEAM] * 3}
        segments.append(replace(whole(f"p{number}", read, base), eligible_days=sum(days), month_days=month_days))
        given.append(paid(*months, person=f"p{number}"))
    return segments, given


def comes_to(one: Any) -> Decimal:
    """What the months' half comes to by the quarter's result, worked out beside the engine."""
    own, score = one.own, one.score
    parts = sum((D(days) / of for days, of in one.segment.month_days), D(0))
    if own.by == "band":
        printed = rounded(score)
        monthly = next((D(band["amount"]) for band in reversed(BANDS) if printed >= band["at_least"]), D(0))
        return monthly * parts / 2
    return D(one.segment.bonus_base) * parts / 2 * min(max(score, D(0)), D(120)) / 100


@pytest.mark.req("001-R2", "001-K5", "001-K6")
@many
@given(PEOPLE, forms, modes)
def test_months_and_true_up_together_pay_what_the_quarter_s_result_pays(rows: Any, by: str, negative: str) -> None:
    segments, given_ = people_of(rows)
    result = quarter(segments, settling(negative, by), *given_)
    for person, months in zip(result.people, given_, strict=True):
        (extra,) = [one for one in person.extras if one.kind == "true_up"]
        before = sum((one.amount or D(0) for one in months.months), D(0))
        due = rounded(comes_to(person.segments[0]))
        balance = D(extra.told["balance_after"])
        if negative == "floor":
            assert before + extra.amount == max(before, due)
        else:
            assert before + extra.amount + balance == due
        if negative != "offset":
            assert extra.amount >= 0
        assert before + extra.amount >= 0
        assert balance <= 0 and (extra.amount <= 0 or balance == 0)


@many
@given(PEOPLE, forms, modes, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(rows: Any, by: str, negative: str, random: Any) -> None:
    segments, given_ = people_of(rows)
    scheme = settling(negative, by)
    first = [person.to_dict() for person in quarter(segments, scheme, *given_).people]
    assert [person.to_dict() for person in quarter(segments, scheme, *given_).people] == first
    random.shuffle(segments)
    random.shuffle(given_)
    assert [person.to_dict() for person in quarter(segments, scheme, *given_).people] == first


@many
@given(values, cents, days_of)
def test_months_that_scored_like_their_quarter_leave_at_most_their_roundings(read: Any, base: Any, days: Any) -> None:
    scheme, earned = settling(), []
    for month, own in zip(MONTHS, days, strict=True):
        if own:
            here = replace(segment("a", read, own), period_days=month.days, bonus_base=base)
            # team numbers add up: a month with part of the days has that part of the number and of the target
            here = replace(here, readings=here.readings | {TEAM: replace(
                here.readings[TEAM], value=read[TEAM] * own / month.days)})  # fmt: skip
            (person,) = run([here], scheme, period=month).people
            earned.append(person.earned)
    month_days = tuple((own, month.days) for own, month in zip(days, MONTHS, strict=True))
    given_ = whole("a", read | {TEAM: read[TEAM] * 3 * sum(days) / 92}, base)
    _, extra = settled(
        quarter([replace(given_, eligible_days=sum(days), month_days=month_days)], scheme, paid(*earned))
    )
    assert abs(extra.amount) <= D("0.03")
