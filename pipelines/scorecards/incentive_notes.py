"""The note on cards that an incentive of members touched a month: it may have moved activity, and moves no score.

Belongs here: which sources and subjects a month's incentives are noted at. Does not belong here: their effect
(`pipelines.reports.incentives`), how a note is shown (sections).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.company.incentives import groups_touched, months_touched
from pipelines.company.list_records import MemberIncentive
from pipelines.company.model import Company
from pipelines.periods import Month, Period
from pipelines.scorecards.evidence import QualityNote

#: The sources of activity that an incentive can move, in groups and on accounts.
_GROUP_FAMILIES = ("groups", "member_activity")
_ACCOUNT_FAMILIES = ("x_posts", "oa_articles")


def incentive_notes(company: Company, period: Period) -> list[QualityNote]:
    """Return the notes of a period: one an incentive, month, source and group or account (all of them: no subject)."""
    return [
        QualityNote(
            severity="note",
            reason_code="member_incentive",
            reason_params={"incentive": incentive.incentive_id, "what": incentive.what},
            family=family,
            subject_id=subject,
            month=str(month),
        )
        for incentive in sorted(company.member_incentives, key=lambda one: one.incentive_id)
        for month in months_touched(incentive, period)
        if month in period.months
        for family, subject in _places(company, incentive, month)
    ]


def _places(company: Company, incentive: MemberIncentive, month: Month) -> Iterator[tuple[str, str]]:
    if incentive.scope in ("company", "account"):
        yield from ((family, incentive.scope_id) for family in _ACCOUNT_FAMILIES)
    groups = [""] if incentive.scope == "company" else sorted(groups_touched(company, incentive, month))
    yield from ((family, group) for family in _GROUP_FAMILIES for group in groups)
