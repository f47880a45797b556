"""What people state about a period besides targets and decisions, as scoring takes it: reviews, finance figures.

Belongs here: which rows of the company folder count in which period. Does not belong here: people's decisions
(`decisions`), what scoring does with either.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipelines.company.model import Company
from pipelines.company.records import ContentQualityReview
from pipelines.periods import Month, Period
from pipelines.scoring import FinanceInput, ReviewInput


def reviews_of(reviews: Iterable[ContentQualityReview], period: Period) -> list[ReviewInput]:
    """The reviews that count in a period: those of the period itself, else, per person, those of its months.

    A quarter thus answers for the quality of its months even where nobody reviews the quarter as a whole.
    """
    rows = list(reviews)
    own = {row.person_id for row in rows if row.period == period}
    months = () if isinstance(period, Month) else period.months
    return [
        ReviewInput(row.person_id, row.score, row.reviewer_id, row.reason)
        for row in rows
        if row.period == period or (row.period in months and row.person_id not in own)
    ]


def finance_of(company: Company, period: Period) -> list[FinanceInput]:
    """The profits and profit targets that the finance department states for this very period."""
    return [
        FinanceInput(row.kind, row.scope_id, row.amount, row.source)
        for row in company.finance
        if row.period == period and row.kind != "cpl_base"
    ]
