"""Pay by the own score: each form with numbers worked by hand, one rounding a person, and what withheld data holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from scoring_builders import MONTH, PACE, QUALITY, TEAM, WHY, at_target, gate, run, scheme_data, segment

from pipelines.company.findings import InputError
from pipelines.periods import parse_period
from pipelines.schemes.model import Scheme
from pipelines.scoring import AdjustmentInput, PersonTrace, SegmentInput

D = Decimal
SHARES = {"month": 50, "quarter": 30, "year": 20, "why": WHY}
LINEAR = {"kind": "linear", "points": [(0, 0), (100, 100), (120, 120)], "why": WHY}
CLASSES = [
    {"id": "class_1", "title": WHY, "levels": ["P4", "P5"], "amount": 1200, "why": WHY},
    {"id": "class_2", "title": WHY, "levels": ["P3"], "amount": 1000, "why": WHY},
]
BANDS = [
    {"id": "class_2", "title": WHY, "at_least": 80, "amount": 1000, "why": WHY},
    {"id": "class_1", "title": WHY, "at_least": 100, "amount": 1200, "why": WHY},
]


def own_scheme(by: str, classes: Any = (), payout: Any = LINEAR, shares: Any = SHARES, **more: Any) -> Scheme:
    """The small scheme of the builders, paying the own score."""
    data = scheme_data(**more)
    del data["pool"]
    data["individual"] = {
        "req": "001-I1", "title": WHY, "shares": shares, "by": by, "classes": list(classes), "payout": payout,
        "why": WHY,
    }  # fmt: skip
    return Scheme.model_validate(data)


def only(segments: list[SegmentInput], scheme: Scheme, **more: Any) -> PersonTrace:
    (person,) = run(segments, scheme, **more).people
    return person


def steps(person: PersonTrace) -> dict[str, tuple[str, str]]:
    return {step.code: (step.formula, step.value) for step in person.steps}


#: 40 x 100 + 40 x 82.5 + 20 x 100: attainment 93 is 82.5 on the golden curve.
AT_93 = at_target(**{QUALITY: 93})


@pytest.mark.req("002-I1")
def test_base_is_the_target_bonus_times_what_the_score_brings() -> None:
    person = only([segment("a", AT_93, bonus_base=D("3000"))], own_scheme("base"))
    # 3000 x 1 x 50 % x 31/31 = 1500; 93 points bring 93 %
    assert (person.target, person.earned, person.held) == (D("1500.00"), D("1395.00"), D(0))
    told = steps(person)
    assert told["proration"] == ("3000 × 1 × 50 % × 31 / 31", "1500")
    assert told["payout"] == ("0 + (93 − 0) / (100 − 0) × (100 − 0)", "93 %")
    assert told["due"] == ("1500 × 93 %", "1395")
    assert told["own_bonus"] == ("1395", "1395.00")
    assert told["payable"] == ("1395.00", "1395.00")
    bonus = person.to_dict()["segments"][0]["bonus"]
    assert bonus["pool_id"] == "" and bonus["individual"]["by"] == "base"


@pytest.mark.req("001-I1")
@pytest.mark.parametrize(("level", "target", "earned"), [("P3", "500.00", "465.00"), ("P5", "600.00", "558.00")])
def test_category_pays_the_amount_of_the_class_whatever_the_target_bonus(level: str, target: str, earned: str) -> None:
    person = only([segment("a", AT_93, level=level, bonus_base=D(0))], own_scheme("category", CLASSES))
    assert (person.target, person.earned) == (D(target), D(earned))
    assert not any(note.code.startswith("no_bonus_base") for note in person.segments[0].notes)
    assert steps(person)["class_amount"][0] == f"{level} ∈ {'class_2' if level == 'P3' else 'class_1'}"


@pytest.mark.req("001-I1")
@pytest.mark.parametrize(
    ("quality", "score", "earned"),
    [
        ("100", "100.00", "600.00"),  # class 1: 1200 x 50 %
        ("99.99", "99.99", "500.00"),  # 40 x 99.975 for the KPI: 99.99 is below 100
        ("93", "93.00", "500.00"),
        ("79", "60.00", "0.00"),  # below the threshold of the curve: nothing for 40 of 100, so under every band
    ],
)
def test_band_pays_the_amount_of_the_highest_band_reached(quality: str, score: str, earned: str) -> None:
    person = only([segment("a", at_target(**{QUALITY: D(quality)}))], own_scheme("band", BANDS, None))
    assert (person.printed_score, person.earned) == (D(score), D(earned))
    assert person.target == D("600.00")  # what 100 points bring


def test_the_score_that_is_printed_decides_a_band() -> None:
    """99.9952 is printed as 100.00; a card that says 100 and pays the band below would be contested, rightly."""
    person = only([segment("a", at_target(**{QUALITY: D("99.9952")}))], own_scheme("band", BANDS, None))
    assert person.score is not None and person.score < 100
    assert (person.printed_score, person.earned) == (D("100.00"), D("600.00"))
    assert steps(person)["band"] == ("100 ≥ 100 → class_1", "1200")


def test_a_stepped_payout_reads_the_printed_score_too() -> None:
    stepped = {"kind": "step", "points": [(0, 0), (100, 100)], "why": WHY}
    person = only([segment("a", at_target(**{QUALITY: D("99.9952")}))], own_scheme("base", payout=stepped))
    assert person.earned == D("500.00")


@pytest.mark.parametrize("points", [[(0, 0), (100, 90), (100, 100), (120, 120)], [(100, 100), (120, 120)]])
def test_a_jump_and_a_threshold_that_pays_at_once_read_the_printed_score_too(points: list[tuple[int, int]]) -> None:
    """Tiers of the whole amount come to jumps."""
    tiers = {"kind": "linear", "points": points, "why": WHY}
    person = only([segment("a", at_target(**{QUALITY: D("99.9952")}))], own_scheme("base", payout=tiers))
    assert (person.printed_score, person.earned) == (D("100.00"), D("500.00"))


@pytest.mark.req("001-R2")
@pytest.mark.parametrize(("period", "target"), [("2026-10", "600.00"), ("2026-Q4", "1080.00"), ("2026", "2880.00")])
def test_each_kind_of_period_pays_its_share_and_all_pay_the_whole(period: str, target: str) -> None:
    # 1200 x 1 x 50 %, 1200 x 3 x 30 %, 1200 x 12 x 20 %; a year of all: 12 x 600 + 4 x 1080 + 2880 = 14,400
    when = parse_period(period)
    whole = segment("a", at_target(**{TEAM: 100 * len(when.months)}), level="P5")
    whole = replace(whole, eligible_days=when.days, period_days=when.days)
    person = only([whole], own_scheme("category", CLASSES), period=when)
    assert (person.printed_score, person.target, person.earned) == (D("100.00"), D(target), D(target))


def test_who_joins_on_the_20th_has_12_of_31_days() -> None:
    joined = segment("a", at_target(**{TEAM: D("38.709677419355")}), 12, level="P5", valid_from=date(2026, 10, 20))
    person = only([joined], own_scheme("category", CLASSES))
    # 600 x 12/31 = 232.2580...
    assert (person.printed_score, person.earned) == (D("100.00"), D("232.26"))


@pytest.mark.req("001-I1")
def test_a_change_of_class_inside_the_month_is_rounded_once() -> None:
    """14 days of class 2 and 17 of class 1, both at target: 225.806... + 329.032... = 554.8387... -> 554.84.

    Rounded a part each it would be 225.81 + 329.03 = 554.84 here, and a cent off elsewhere: the property test holds it.
    """
    first = segment("a", at_target(**{TEAM: D("45.161290322581")}), 14, valid_to=date(2026, 10, 15))
    later = segment(
        "a", at_target(**{TEAM: D("54.838709677419")}), 17, level="P4", segment_id="2026-10-15",
        valid_from=date(2026, 10, 15),
    )  # fmt: skip
    person = only([first, later], own_scheme("category", CLASSES))
    assert person.earned == D("554.84")
    assert [one.earned for one in person.segments] == [D("225.81"), D("329.03")]
    assert steps(person)["own_bonus"] == ("225.806452 + 329.032258", "554.84")


def test_three_parts_of_a_third_of_a_cent_share_one_cent() -> None:
    """Each part is due 0.01 x 50 % x 10/30 = 0.001666...; together 0.005 is half a cent, rounded up once."""
    parts = [
        segment("a", at_target(**{TEAM: D("33.333333333333")}), 10, segment_id=f"2026-09-{day}", bonus_base=D("0.01"),
                valid_from=date(2026, 9, day), period_days=30)
        for day in (10, 20, 30)
    ]  # fmt: skip
    person = only(parts, own_scheme("base"), period=parse_period("2026-09"))
    assert person.earned == D("0.01")
    assert sorted(one.earned for one in person.segments) == [D("0.00"), D("0.00"), D("0.01")]


def test_withheld_data_pays_the_least_and_holds_up_to_the_most() -> None:
    """Weight 40 withheld, curve top 150: 60 points are sure, 120 possible; 1000 x 50 % = 500."""
    person = only([segment("a", at_target(**{QUALITY: "withheld"}))], own_scheme("base"))
    assert person.printed_score == D("100.00")
    assert (person.earned, person.held) == (D("300.00"), D("300.00"))  # 60 %, and up to 120 %
    told = steps(person)
    assert told["due_low"] == ("500 × 60 %", "300")
    assert told["due_high"] == ("500 × 120 %", "600")
    assert told["held"] == ("600.00 − 300.00", "300.00")
    # nobody else waits for it
    both = run([segment("a", at_target(**{QUALITY: "withheld"})), segment("b", at_target())], own_scheme("base"))
    assert both.people[1].earned == D("500.00")
    assert not any(note.code == "pool_waits" for note in both.people[1].segments[0].notes)
    assert both.pools == []


def test_an_open_band_is_held_by_its_amounts() -> None:
    person = only([segment("a", at_target(**{PACE: "withheld"}))], own_scheme("band", BANDS, None))
    # 80 points are sure, 40 + 40 + 20 x 1.5 = 110 possible
    assert (person.earned, person.held) == (D("500.00"), D("100.00"))


def test_who_is_measured_by_nothing_is_paid_nothing_and_it_is_said() -> None:
    nothing = dict.fromkeys((TEAM, QUALITY, PACE), "not_applicable")
    person = only([segment("a", nothing)], own_scheme("base"))
    assert (person.printed_score, person.earned, person.held) == (None, D(0), D(0))
    assert [note.code for note in person.segments[0].notes] == ["nothing_applicable_own"]
    unpaid = only([segment("a", at_target(), bonus_base=D(0))], own_scheme("base"))
    assert [note.code for note in unpaid.segments[0].notes] == ["no_bonus_base_own"]


def test_a_gate_that_cannot_be_checked_holds_what_it_would_take() -> None:
    scheme = own_scheme("base", gates=[gate(when_withheld="hold", effect="deduct", amount=20)])
    person = only([segment("a", at_target(security_incidents="withheld"))], scheme)
    assert (person.earned, person.held) == (D("400.00"), D("100.00"))


@pytest.mark.req("001-I1")
def test_a_level_without_a_class_is_told_before_anything_is_scored() -> None:
    rows = [segment("a", at_target(), level="P9", row=7), segment("b", at_target(), level="", row=3),
            segment("c", at_target(), level="P9", row=9, eligible_days=0)]  # fmt: skip
    with pytest.raises(InputError) as caught:
        run(rows, own_scheme("category", CLASSES))
    assert [str(finding) for finding in caught.value.findings] == [
        "people/positions.csv, row 3, column level: no class of scheme t lists the level –, so there is no amount to "
        "pay (value: 'b: '). Correct the level, or add it to a class of the scheme (individual.classes lists P4, P5, "
        "P3).",
        "people/positions.csv, row 7, column level: no class of scheme t lists the level P9, so there is no amount to "
        "pay (value: 'a: P9'). Correct the level, or add it to a class of the scheme (individual.classes lists P4, P5, "
        "P3).",
    ]


def test_adjustments_come_on_top_and_the_ledger_books_every_amount_once() -> None:
    result = run([segment("a", AT_93)], own_scheme("base"), adjustments=[AdjustmentInput("a", D("-65"), "why", "boss")])
    assert [(entry.entry_type, entry.pool_id, entry.amount) for entry in result.ledger] == [
        ("earning", "", D("465.00")),
        ("adjustment", "", D("-65")),
    ]
    assert result.people[0].payable == D("400.00")


def test_a_person_may_leave_a_pool_for_a_scheme_that_pays_the_own_score() -> None:
    pooled = Scheme.model_validate(scheme_data())
    own = own_scheme("base").model_copy(update={"scheme_id": "o"})
    before = segment("a", at_target(**{TEAM: D("45.161290322581")}), 14, valid_to=date(2026, 10, 15))
    after = segment("a", at_target(**{TEAM: D("54.838709677419")}), 17, scheme_id="o", segment_id="2026-10-15",
                    valid_from=date(2026, 10, 15))  # fmt: skip
    from pipelines.scoring import score_period

    (person,) = score_period(MONTH, "CNY", {"t": pooled, "o": own}, [before, after]).people
    # 1000 x 14/31 through the pool of one, 1000 x 50 % x 17/31 by the own score
    assert [one.earned for one in person.segments] == [D("451.61"), D("274.19")]
