"""What scoring is given for a period, put together from the company folder."""

from __future__ import annotations

from decimal import Decimal

from pipelines.company.records import ContentQualityReview
from pipelines.periods import parse_period
from pipelines.scorecards.assemble import reviews_of


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
