"""What people decide about a period: bonus points, awards, calibration and appeals, each with its golden numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from scoring_builders import PACE, QUALITY, TEAM, WHY, at_target, gate, make_scheme, run, segment, veto

from pipelines.company.findings import InputError
from pipelines.schemes.model import Scheme
from pipelines.scoring import (
    AdjustmentInput,
    AppealInput,
    AwardInput,
    CalibrationInput,
    ConservationError,
    PeriodResult,
    PersonTrace,
    PointsInput,
    ReviewInput,
)
from pipelines.scoring.ledger import check_conservation

D = Decimal
RULE = {"req": "000-R5", "max": D(5), "why": WHY}


def points(number: str, person: str = "a", row: int = 2) -> PointsInput:
    return PointsInput(person, D(number), "fast test of the new feed", "lead", "boss", row)


def award(amount: str, person: str = "a", **more: Any) -> AwardInput:
    return AwardInput(person, "Creative Star", D(amount), "campaign of the month", "boss", **more)


def calibration(seen: str, decided: str, person: str = "a") -> CalibrationInput:
    return CalibrationInput(person, D(seen), D(decided), "carried two launches", "boss", "2026-11-03")


def with_points(**more: Any) -> Scheme:
    return make_scheme(bonus_points=RULE, **more)


def only(result: PeriodResult) -> PersonTrace:
    (person,) = result.people
    return person


def codes(person: PersonTrace) -> list[str]:
    return [note.code for note in person.notes]


def printed_sum(person: PersonTrace) -> Decimal:
    """Everything that is printed as points on a card."""
    found = [line.printed_points for part in person.segments for line in part.lines]
    found += [decision.printed for part in person.segments for decision in part.decisions]
    found += [part.granted.printed for part in person.segments if part.granted is not None]
    found += [person.calibration.printed] if person.calibration else []
    return sum((one for one in found if one is not None), D(0))


# -- bonus points


@pytest.mark.req("000-R5")
def test_bonus_points_come_on_top_of_the_score_up_to_the_maximum_of_the_scheme() -> None:
    row = at_target() | {QUALITY: 93}  # 82.5 points of weight 40: 93.00 in all
    assert only(run([segment("a", row)], with_points())).printed_score == D("93.00")
    person = only(run([segment("a", row)], with_points(), decisions=[points("3", row=3), points("4", row=2)]))
    assert person.printed_score == D("98.00")
    told = person.segments[0].to_dict()["bonus_points"]
    assert (told["granted"], told["max"], told["counted"], told["printed_points"]) == ("7", "5", "5", "5.00")
    assert [item["points"] for item in told["items"]] == ["4", "3"]  # in the order of the file's rows
    assert printed_sum(person) == person.printed_score
    (step,) = [step for step in person.steps if step.code == "bonus_points"]
    assert (step.formula, step.value) == ("93 + min(7, 5)", "98")


@pytest.mark.req("000-R5")
def test_bonus_points_raise_the_pay_as_any_other_point_does() -> None:
    team = [segment("a", at_target()), segment("b", at_target())]
    plain = run(team, with_points())
    raised = run(team, with_points(), decisions=[points("5")])
    assert [person.earned for person in plain.people] == [D("1000.00"), D("1000.00")]
    # 105 and 100 of 205 points share the pool of 2,000
    assert [person.earned for person in raised.people] == [D("1024.39"), D("975.61")]


@pytest.mark.parametrize(
    ("rules", "score"),
    [
        ({"gates": [gate()]}, "0.00"),  # zeroed is zeroed, whatever was granted
        ({"gates": [gate(effect="cap", amount=D(80))]}, "80.00"),  # a cap holds with the points in
        ({"gates": [gate(effect="deduct", amount=D(10))]}, "95.00"),
        ({"gates": [gate(effect="multiply", amount=D("0.8"))]}, "84.00"),  # (100 + 5) × 0.8
    ],
)
@pytest.mark.req("000-R5")
def test_bonus_points_stand_after_the_weights_and_before_the_effects_on_the_total(
    rules: dict[str, Any], score: str
) -> None:
    row = at_target(security_incidents=1)
    person = only(run([segment("a", row)], with_points(**rules), decisions=[points("5")]))
    assert person.printed_score == D(score)
    assert printed_sum(person) == person.printed_score


def test_a_veto_that_zeroes_the_total_pays_nothing_for_bonus_points() -> None:
    scheme = with_points(vetoes=[veto()])
    person = only(
        run([segment("a", at_target())], scheme, reviews=[ReviewInput("a", D(20), "j")], decisions=[points("5")])
    )
    assert (person.printed_score, person.earned) == (D("0.00"), D("0.00"))


def test_a_scheme_that_takes_no_bonus_points_says_so_on_the_card_and_scores_as_before() -> None:
    row = [segment("a", at_target())]
    person, plain = only(run(row, decisions=[points("5")])), only(run(row))
    assert codes(person) == ["bonus_points_not_taken"]
    assert person.notes[0].params == {"scheme": "t"}
    assert (person.score, person.earned, person.segments[0].granted) == (plain.score, plain.earned, None)


def test_who_is_not_scored_has_no_bonus_points_either() -> None:
    nothing = dict.fromkeys((TEAM, QUALITY, PACE), "not_applicable")
    person = only(run([segment("a", nothing)], with_points(), decisions=[points("5")]))
    assert codes(person) == ["bonus_points_not_scored"]
    assert person.earned == 0


def test_bonus_points_count_once_for_a_person_of_several_segments() -> None:
    half = at_target() | {TEAM: D(100) * 10 / 31}
    rest = at_target() | {TEAM: D(100) * 21 / 31}
    parts = [
        segment("a", half, 10),
        segment("a", rest, 21, segment_id="2026-10-11", valid_from=date(2026, 10, 11)),
    ]
    person = only(run(parts, with_points(), decisions=[points("4")]))
    assert person.printed_score == D("104.00")
    assert printed_sum(person) == person.printed_score


def test_bonus_points_are_sure_while_data_is_withheld() -> None:
    person = only(run([segment("a", at_target(**{QUALITY: "withheld"}))], with_points(), decisions=[points("5")]))
    part = person.segments[0]
    assert (part.low, part.high) == (D(65), D(125))  # 60 and 60 + 40 × 1.5, both with the points


# -- awards


@pytest.mark.req("000-I2", "004-I2", "003-I5")
def test_an_award_is_paid_beside_the_bonus_and_is_a_line_of_the_ledger() -> None:
    result = run([segment("a", at_target()), segment("b", at_target())], decisions=[award("500.00"), award("80", "z")])
    first, second, stranger = result.people
    assert (first.earned, first.payable, second.payable) == (D("1000.00"), D("1500.00"), D("1000.00"))
    assert (stranger.person_id, stranger.payable, codes(stranger)) == ("z", D(80), ["no_segment"])
    booked = [(e.person_id, e.amount, e.reason, e.approved_by) for e in result.ledger if e.entry_type == "award"]
    assert booked == [
        ("a", D("500.00"), "campaign of the month", "boss"),
        ("z", D(80), "campaign of the month", "boss"),
    ]
    (told,) = first.to_dict()["bonus"]["extras"]
    assert (told["kind"], told["award"], told["amount"], told["held"]) == ("award", "Creative Star", "500.00", "0.00")
    assert first.steps[-1].formula == "1000.00 + 500.00"


def test_an_award_is_beyond_every_personal_cap() -> None:
    scheme = make_scheme()
    assert scheme.pool is not None
    cap = scheme.pool.personal_cap.model_copy(update={"points": ((D(0), D(0)), (D(100), D(50)))})
    capped = scheme.model_copy(update={"pool": scheme.pool.model_copy(update={"personal_cap": cap})})
    person = only(run([segment("a", at_target())], capped, decisions=[award("900")]))
    assert (person.earned, person.payable) == (D("500.00"), D("1400.00"))


def test_an_award_finer_than_a_cent_is_told_with_its_row() -> None:
    with pytest.raises(InputError) as told:
        run([segment("a", at_target())], decisions=[award("1.005", row=4)])
    assert "reviews/award_approvals.csv" in str(told.value)
    assert told.value.findings[0].row == 4


@pytest.mark.parametrize("kind", ["award", "held"])
def test_an_amount_that_the_ledger_lacks_is_seen(kind: str) -> None:
    scheme = make_scheme(
        piece_rates=[{"id": "r", "title": WHY, "req": "003-K24", "kpi": "reads", "amount": 5, "cap": 9, "why": WHY}]
    )
    result = run([segment("a", at_target())], scheme, decisions=[award("500.00")])
    check_conservation(result.ledger, result.people, result.pools)
    lacking = [entry for entry in result.ledger if entry.entry_type != kind]
    assert len(lacking) == len(result.ledger) - 1
    with pytest.raises(ConservationError, match="a: payable 1500.00" if kind == "award" else "a: held 9.00"):
        check_conservation(lacking, result.people, result.pools)


# -- calibration


@pytest.mark.req("000-W4", "001-W5")
def test_a_calibrated_score_pays_and_both_scores_are_told() -> None:
    team = [segment("a", at_target() | {QUALITY: 93}), segment("b", at_target())]
    result = run(team, decisions=[calibration("93.00", "97.5")])
    person = result.people[0]
    assert (person.printed_score, person.score) == (D("97.50"), D("97.5"))
    assert person.calibration is not None
    assert person.calibration.to_dict() == {
        "computed": "93.00",
        "decided": "97.50",
        "decided_by": "boss",
        "meeting": "2026-11-03",
        "printed_points": "4.50",
        "reason": "carried two launches",
        "seen": "93.00",
        "status": "applied",
    }
    part = person.segments[0].to_dict()
    assert (part["computed_score"], part["score"], part["score_low"], part["score_high"]) == ("93", *["97.5"] * 3)
    assert printed_sum(person) == person.printed_score
    # 97.5 and 100 of 197.5 points share the pool of 2,000
    assert [one.earned for one in result.people] == [D("987.34"), D("1012.66")]
    assert [s.formula for s in person.steps if s.code == "calibration"] == ["93 → 97.5"]


@pytest.mark.req("000-W4", "001-W5")
def test_a_decision_about_another_score_is_not_applied_and_says_so() -> None:
    row = [segment("a", at_target() | {QUALITY: 93})]
    person, plain = only(run(row, decisions=[calibration("92.00", "97.5")])), only(run(row))
    assert person.calibration is not None
    assert person.calibration.status == "score_changed"
    assert (person.score, person.earned) == (plain.score, plain.earned)
    assert person.notes[0].code == "calibration_score_changed"
    assert person.notes[0].params == {"computed": "93.00", "seen": "92.00", "decided": "97.50"}


def test_no_decision_stands_while_data_is_withheld() -> None:
    row = [segment("a", at_target(**{QUALITY: "withheld"}))]
    person, plain = only(run(row, decisions=[calibration("100.00", "120")])), only(run(row))
    assert codes(person) == ["calibration_not_complete"]
    assert (person.score, person.earned <= plain.earned) == (plain.score, True)
    # 60 to 120 points were possible, and 120 × 120 / 100 are, should the data bring the score that the meeting saw
    assert person.segments[0].low == 60
    assert D(144) < person.segments[0].high < D("144.01")


def test_pay_that_a_decision_would_take_is_held_while_data_is_withheld() -> None:
    row = [segment("a", at_target(**{QUALITY: "withheld"}))]
    person = only(run(row, decisions=[calibration("100.00", "50")]))
    assert D("29.99") < person.segments[0].low < 30  # half of the 60 points that are sure
    assert person.segments[0].high == 120
    lowered = only(run([segment("a", at_target())], decisions=[calibration("100.00", "50")]))
    assert person.earned <= lowered.earned


def test_who_has_no_score_cannot_be_calibrated() -> None:
    nothing = dict.fromkeys((TEAM, QUALITY, PACE), "not_applicable")
    assert codes(only(run([segment("a", nothing)], decisions=[calibration("0", "50")]))) == ["calibration_not_scored"]


def test_calibration_follows_bonus_points_and_effects() -> None:
    scheme = with_points(gates=[gate(effect="multiply", amount=D("0.8"))])
    row = [segment("a", at_target(security_incidents=1))]
    person = only(run(row, scheme, decisions=[points("5"), calibration("84", "90")]))
    assert person.printed_score == D("90.00")
    assert printed_sum(person) == person.printed_score


def test_the_parts_of_a_calibrated_period_keep_their_proportion() -> None:
    parts = [
        segment("a", at_target() | {TEAM: 100}, 10),  # ten of 31 days: far above the prorated target, 120 in all
        segment("a", at_target() | {TEAM: 0}, 21, segment_id="later", valid_from=date(2026, 10, 11)),  # 60
    ]
    plain = only(run(parts))
    assert plain.printed_score is not None
    person = only(run(parts, decisions=[calibration(str(plain.printed_score), "50")]))
    scores = [part.score for part in person.segments]
    assert scores[0] is not None
    assert scores[1] is not None
    assert abs(scores[0] - 2 * scores[1]) < D("1e-20")
    assert person.printed_score == D("50.00")


def test_a_score_of_nothing_can_be_raised() -> None:
    row = {TEAM: 0, QUALITY: 0, PACE: 300}
    person = only(run([segment("a", row)], decisions=[calibration("0", "40")]))
    assert (person.printed_score, person.segments[0].score) == (D("40.00"), D(40))


def test_two_decisions_about_one_score_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="calibrated twice in one period: \\['a'\\]"):
        run([segment("a", at_target())], decisions=[calibration("1", "2"), calibration("1", "3")])


# -- appeals


@pytest.mark.req("003-W7")
def test_an_appeal_is_told_and_changes_no_number() -> None:
    appeal = AppealInput("a", QUALITY, "two posts are missing", date(2026, 11, 5), "open", row=2)
    decided = replace(appeal, kpi_id="", outcome="rejected", decided_by="boss", reason="both are there", row=3)
    row = [segment("a", at_target())]
    person, plain = only(run(row, decisions=[decided, appeal])), only(run(row))
    told = person.to_dict()
    assert told.pop("appeals") == [
        {"kpi_id": QUALITY, "what": "two posts are missing", "filed_on": "2026-11-05", "outcome": "open",
         "decided_by": "", "reason": ""},
        {"kpi_id": "", "what": "two posts are missing", "filed_on": "2026-11-05", "outcome": "rejected",
         "decided_by": "boss", "reason": "both are there"},
    ]  # fmt: skip
    assert told == plain.to_dict()


# -- nothing decided


def test_a_trace_without_decisions_has_none_of_their_keys() -> None:
    told = only(run([segment("a", at_target())], with_points(), adjustments=[AdjustmentInput("a", D(1), "w", "b")]))
    written = told.to_dict()
    assert {"appeals", "calibration"} & written.keys() == set()
    assert "extras" not in written["bonus"]
    assert {"bonus_points", "computed_score"} & written["segments"][0].keys() == set()
