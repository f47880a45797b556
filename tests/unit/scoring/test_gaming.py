"""Deductions for evidence of gaming: what is taken, how much at most, what an appeal does to score and pay."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_builders import PACE, QUALITY, TEAM, WHY, at_target, gate, run, scheme_data, segment

from pipelines.schemes.gaming_model import Gaming
from pipelines.schemes.model import Scheme
from pipelines.scoring import CalibrationInput, IncidentInput, PointsInput, SegmentInput
from pipelines.scoring.gaming import DROPPED, STANDING, STATES, SUSPENDED, deductions

D = Decimal
RULES = {
    "zombie_group": {"effect": "deduct", "points": 2, "cap": 5, "why": WHY},
    "self_order": {"effect": "deduct", "points": 4, "cap": 8, "why": WHY},
    "repeated_post": {"effect": "note", "why": WHY},
}


def block(most: int = 10, **rules: Any) -> dict[str, Any]:
    return {"req": "001-R5, 002-I5", "max": most, "rules": RULES | rules, "why": WHY}


def scheme(most: int = 10, **more: Any) -> Scheme:
    return Scheme.model_validate(scheme_data(gaming=block(most), **more))


def incident(rule: str = "zombie_group", number: int = 1, state: str = STANDING, share: str = "1") -> IncidentInput:
    return IncidentInput(
        f"{rule}-2026-10-{number:08d}", rule, D(share), "g1", D("0.01"), D("0.02"), D("0.1"), 7,
        date(2026, 10, 1), date(2026, 10, 31), state,
    )  # fmt: skip


def with_incidents(*incidents: IncidentInput, person: str = "p0", days: int = 31, **more: Any) -> SegmentInput:
    return segment(person, at_target(), days, incidents=incidents, **more)


def trace_of(*incidents: IncidentInput, most: int = 10, **more: Any) -> dict[str, Any]:
    return run([with_incidents(*incidents)], scheme(most), **more).people[0].to_dict()


@pytest.mark.req("001-R5", "002-I5")
@pytest.mark.parametrize(
    ("incidents", "score"),
    [
        ((), "100.00"),
        ((incident(),), "98.00"),
        ((incident(), incident(number=2)), "96.00"),
        # three times two points, five at most
        ((incident(), incident(number=2), incident(number=3)), "95.00"),
        # half of an incident is another person's
        ((incident(share="0.5"),), "99.00"),
        # five and eight, ten at most for all rules
        ((*(incident(number=n) for n in range(5)), *(incident("self_order", n) for n in range(5))), "90.00"),
        # a rule that only notes, and one that the scheme does not name
        ((incident("repeated_post"), incident("message_flood")), "100.00"),
        # upheld: nothing is taken
        ((incident(state=DROPPED), incident(number=2)), "98.00"),
        ((incident(state=DROPPED),), "100.00"),
    ],
)
def test_points_are_taken_up_to_the_caps(incidents: tuple[IncidentInput, ...], score: str) -> None:
    assert trace_of(*incidents)["printed_score"] == score


def test_without_the_block_evidence_takes_nothing_and_leaves_no_trace() -> None:
    plain = Scheme.model_validate(scheme_data())
    told = run([with_incidents(incident())], plain).people[0].to_dict()
    assert told == run([with_incidents()], plain).people[0].to_dict()


def test_a_scheme_with_the_block_tells_the_same_of_who_has_no_evidence() -> None:
    plain = Scheme.model_validate(scheme_data())
    assert trace_of() == run([with_incidents()], plain).people[0].to_dict()


@pytest.mark.req("001-R5", "003-W7")
def test_an_open_appeal_takes_nothing_off_the_score_and_holds_the_pay_in_question() -> None:
    standing, open_, upheld = (trace_of(incident(state=state)) for state in (STANDING, SUSPENDED, DROPPED))
    assert open_["printed_score"] == upheld["printed_score"] == "100.00"
    (part,) = open_["segments"]
    assert (part["score_low"], part["score_high"]) == ("98", "100")
    (item,) = part["gaming"]
    assert (item["status"], item["applied"], item["amount"], item["printed_points"]) == (
        "suspended",
        False,
        "2",
        "0.00",
    )
    # a pool of one person pays all of it whatever the score; own pay shows the difference
    assert standing["segments"][0]["gaming"][0]["status"] == "applied"
    assert upheld["segments"][0]["gaming"][0]["status"] == "not_applied"


OWN = {
    "req": "002-I1", "title": WHY, "shares": {"month": 100, "quarter": 0, "year": 0, "why": WHY}, "by": "base",
    "payout": {"kind": "linear", "points": [(0, 0), (100, 100), (120, 120)], "why": WHY}, "why": WHY,
}  # fmt: skip


def own_scheme(most: int = 10, **more: Any) -> Scheme:
    data = scheme_data(gaming=block(most), **more)
    return Scheme.model_validate({key: value for key, value in data.items() if key != "pool"} | {"individual": OWN})


@pytest.mark.req("001-R5", "003-W7")
def test_what_is_held_is_what_a_rejection_would_take_and_an_upheld_appeal_pays() -> None:
    paid = {state: run([with_incidents(incident(state=state))], own_scheme()).people[0] for state in STATES}
    assert (paid[STANDING].payable, paid[STANDING].held) == (D("980.00"), D("0.00"))
    assert (paid[SUSPENDED].payable, paid[SUSPENDED].held) == (D("980.00"), D("20.00"))
    assert (paid[DROPPED].payable, paid[DROPPED].held) == (D("1000.00"), D("0.00"))


def test_no_meeting_settles_a_score_while_an_appeal_about_it_is_open() -> None:
    decision = CalibrationInput("p0", D("100.00"), D("110.00"), "why", "boss")
    told = trace_of(incident(state=SUSPENDED), decisions=[decision])
    assert told["calibration"]["status"] == "not_complete"


def test_a_veto_leaves_nothing_to_take_and_no_score_falls_below_zero() -> None:
    broken = segment("p0", at_target(security_incidents=3), incidents=(incident(),))
    told = run([broken], scheme(gates=[gate()])).people[0].to_dict()
    assert told["printed_score"] == "0.00"
    assert told["segments"][0]["gaming"][0]["printed_points"] == "0.00"
    poor = segment(
        "p0", at_target() | {TEAM: 80, QUALITY: 0, PACE: 500}, incidents=tuple(map(incident, ["self_order"]))
    )
    low = run([poor], scheme()).people[0]
    assert low.printed_score == D("16.00")


def test_the_person_has_it_once_whatever_segments_there_are() -> None:
    def parts(*found: IncidentInput) -> list[SegmentInput]:
        return [
            with_incidents(*found, days=10, segment_id="2026-01-01", valid_from=date(2026, 1, 1)),
            with_incidents(*found, days=21, segment_id="2026-10-11", valid_from=date(2026, 10, 11)),
        ]

    before, person = (run(parts(*found), scheme()).people[0] for found in ((), (incident(),)))
    assert before.printed_score is not None
    assert person.printed_score == before.printed_score - 2
    printed = sum(D(item["printed_points"]) for part in person.to_dict()["segments"] for item in part["gaming"])
    assert printed == D("-2.00")


def test_granted_points_count_before() -> None:
    granting = scheme(bonus_points={"req": "000-R5", "max": 10, "why": WHY})
    points = PointsInput("p0", D(3), "why", "n", "boss")
    assert run([with_incidents(incident())], granting, decisions=[points]).people[0].printed_score == D("101.00")


incidents = st.builds(
    incident,
    st.sampled_from(["zombie_group", "self_order", "repeated_post", "message_flood"]),
    st.integers(1, 99_999_999),
    st.sampled_from(STATES),
    st.decimals("0.000001", 1, places=6).map(str),
)
many_incidents = st.lists(incidents, max_size=12, unique_by=lambda one: one.incident_id)
values = st.fixed_dictionaries(dict.fromkeys((TEAM, QUALITY, PACE), st.integers(0, 130)))
schemes = st.builds(lambda most, own: own_scheme(most) if own else scheme(most), st.integers(8, 30), st.booleans())
several = settings(max_examples=300)


@several
@given(many_incidents, values, schemes, st.randoms(use_true_random=False))
def test_never_more_than_the_caps_never_below_zero_and_order_means_nothing(
    found: list[IncidentInput], row: dict[str, int], rule: Scheme, shuffle: Any
) -> None:
    base = run([segment("p0", row)], rule).people[0]
    told = run([segment("p0", row, incidents=tuple(found))], rule).people[0]
    assert rule.gaming is not None
    assert base.printed_score is not None
    assert told.printed_score is not None
    assert 0 <= base.printed_score - told.printed_score <= rule.gaming.max
    assert told.payable >= 0
    assert told.held >= 0
    assert told.payable + told.held <= base.payable + base.held
    other = list(found)
    shuffle.shuffle(other)
    assert run([segment("p0", row, incidents=tuple(other))], rule).people[0].to_dict() == told.to_dict()


@several
@given(many_incidents, st.integers(8, 30))
def test_a_rule_takes_its_cap_at_most_and_suspension_never_takes_more_than_rejection(
    found: list[IncidentInput], most: int
) -> None:
    gaming = Gaming.model_validate(block(most))
    taken = deductions(gaming, found)
    for name in RULES:
        own = [one.rule.amount for one in taken if one.rule.id == name]
        assert sum(own, D(0)) <= (gaming.rules[name].cap or 0)
        assert all(amount >= 0 for amount in own)
    rejected = [
        IncidentInput(
            **{n: getattr(one, n) for n in one.__slots__} | {"state": STANDING if one.state == SUSPENDED else one.state}
        )
        for one in found
    ]
    assert sum((one.rule.amount for one in taken), D(0)) == sum(
        (one.rule.amount for one in deductions(gaming, rejected)), D(0)
    )


def test_a_state_or_part_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown state 'settled'"):
        incident(state="settled")
    with pytest.raises(ValueError, match="a part of 0"):
        incident(share="0")
