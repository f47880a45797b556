"""What scoring is given for a period, put together from the company folder."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from cards_sample import result

from pipelines.company.decision_records import Appeal, AwardApproval, BonusPointNomination, CalibrationDecision
from pipelines.company.records import ContentQualityReview, Record
from pipelines.periods import parse_period
from pipelines.scorecards.decisions import decisions_of, without_effect
from pipelines.scorecards.judged import reviews_of


def review(period: str, score: int, person: str = "li", reviewer: str = "wang") -> ContentQualityReview:
    return ContentQualityReview(
        period=period, person_id=person, score=str(score), reviewer_id=reviewer, reason="seen", source_row=2
    )


def test_a_quarter_is_judged_by_its_months_where_nobody_reviewed_the_quarter() -> None:
    """Else the veto of 000-R1 would never reach the quarter's and the year's part of the bonus."""
    rows = [review("2026-07", 30), review("2026-08", 50), review("2026-10", 90), review("2026-Q3", 70, "zhao")]
    rows.append(review("2026-09", 10, "zhao"))
    found = {(item.person_id, item.score) for item in reviews_of(rows, parse_period("2026-Q3"))}
    assert found == {("li", Decimal(30)), ("li", Decimal(50)), ("zhao", Decimal(70))}
    assert [item.score for item in reviews_of(rows, parse_period("2026-10"))] == [90]


def test_two_reviewers_of_a_month_both_count() -> None:
    rows = [review("2026-10", 40), review("2026-10", 60, reviewer="chen")]
    assert [item.score for item in reviews_of(rows, parse_period("2026-10"))] == [40, 60]


# -- decisions


def decided(**rows: tuple[Record, ...]) -> Any:
    """A company of decisions alone."""
    names = ("bonus_point_nominations", "award_approvals", "calibration_decisions", "appeals")
    return SimpleNamespace(**{**dict.fromkeys(names, ()), **rows})


def place(name: str, row: int) -> dict[str, Any]:
    return {"source_file": f"reviews/{name}.csv", "source_row": row}


def calibration(person: str, seen: str, period: str = "2026-10", row: int = 2) -> CalibrationDecision:
    return CalibrationDecision(
        period=period, person_id=person, seen=seen, decided="95", reason="two launches", decided_by="E009",
        meeting="", **place("calibration_decisions", row),
    )  # fmt: skip


def nomination(person: str, row: int = 2) -> BonusPointNomination:
    return BonusPointNomination(
        period="2026-10", person_id=person, points="3", reason="a fast test", nominated_by="E001", approved_by="E009",
        **place("bonus_point_nominations", row),
    )  # fmt: skip


OCTOBER = parse_period("2026-10")


def test_decisions_are_of_their_own_period_alone() -> None:
    appeal = Appeal(
        period="2026-10", person_id="E001", what="missing", filed_on="2026-11-01", outcome="open", **place("appeals", 2)
    )
    award = AwardApproval(
        period="2026-10", person_id="E001", award="star", amount="5", reason="good", approved_by="E009",
        **place("award_approvals", 3),
    )  # fmt: skip
    company = decided(
        calibration_decisions=(calibration("E001", "90"), calibration("E001", "91", "2026-Q4")),
        bonus_point_nominations=(nomination("E001"),),
        award_approvals=(award,),
        appeals=(appeal,),
    )
    assert [type(one).__name__ for one in decisions_of(company, OCTOBER)] == [
        "PointsInput", "AwardInput", "CalibrationInput", "AppealInput",
    ]  # fmt: skip
    assert [type(one).__name__ for one in decisions_of(company, parse_period("2026-Q4"))] == ["CalibrationInput"]


@pytest.mark.req("000-W4")
def test_the_run_names_every_row_without_effect_and_nobody() -> None:
    sound = {person.person_id: person.printed_score for person in result().people}
    company = decided(
        calibration_decisions=(
            calibration("E001", str(sound["E001"]), row=2),  # applied
            calibration("E004", "1", row=3),
            calibration("E002", str(sound["E002"]), row=4),  # its data is withheld
            calibration("E099", "1", row=5),
        ),
        bonus_point_nominations=(nomination("E004", 6), nomination("E099", 7)),
        appeals=(
            Appeal(
                period="2026-10", person_id="E001", what="not me", filed_on="2026-11-01", outcome="open",
                incident="self_order-2026-10-0a1b2c3d", **place("appeals", 8),
            ),
        ),
    )  # fmt: skip
    assert list(without_effect(decided(), OCTOBER, result().people, {})) == []
    people = result(decisions=decisions_of(company, OCTOBER)).people
    said = list(without_effect(company, OCTOBER, people, {}))
    assert [line.split(" is not applied: ")[0] for line in said] == [
        "reviews/calibration_decisions.csv, row 3",
        "reviews/calibration_decisions.csv, row 4",
        "reviews/calibration_decisions.csv, row 5",
        "reviews/bonus_point_nominations.csv, row 7",
        "reviews/appeals.csv, row 8",
    ]
    assert "no incident of this name is about this person in the period; copy it from the card" in said[4]
    assert "is not the one that the meeting saw (column seen); look at the draft and decide again" in said[0]
    assert "run again when the data has arrived" in said[1]
    assert "this person has no card in the period" in said[2]
    assert not any("E0" in line for line in said)
