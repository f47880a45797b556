"""How many of the new followers are spam: by verdict, corrected for the card's errors, by an audit of people.

Belongs here: the list, which puts the three beside each other. Does not belong here: the counts and their intervals
(int_follower_audit), the draw (`label_audit`), the verdict on any follower.
"""

from __future__ import annotations

from decimal import Decimal

from pipelines.reports.facts import Around, Facts
from pipelines.reports.table import Cell, Report
from pipelines.scoring.numbers import HUNDRED


def follower_count_report(facts: Facts) -> Report | None:
    """Return a row a month and account, that of all accounts first; None where nobody's follower was judged."""
    if not facts.follower_counts:
        return None
    rows = tuple(
        {
            "month": str(one.month),
            "account_id": one.account_id,
            "model_version": one.model_version,
            "judged_followers": one.judged,
            "flagged_followers": one.flagged,
            "flagged_share": one.flagged_share * HUNDRED,
            **_told("corrected", one.corrected),
            "audited_followers": one.audited,
            **_told("audited", one.audit),
            "status": one.state,
        }
        for one in facts.follower_counts
    )
    return Report(
        "follower_counts",
        "003-D2, 003-D4",
        (
            *("month", "account_id", "model_version", "judged_followers", "flagged_followers", "flagged_share"),
            *("corrected_share", "corrected_low", "corrected_high"),
            *("audited_followers", "audited_share", "audited_low", "audited_high", "status"),
        ),
        rows,
        {
            "asked": sum(one.state == "asked" for one in facts.follower_counts),
            "differs": sum(one.state == "differs" for one in facts.follower_counts),
            "points": facts.company.settings.follower_audit_points,
        },
    )


def _told(name: str, around: Around | None) -> dict[str, Cell]:
    """A share with its interval, in per cent."""
    values: tuple[Decimal | None, ...] = (None, None, None) if around is None else tuple(one * 100 for one in around)
    return dict(zip((f"{name}_share", f"{name}_low", f"{name}_high"), values, strict=True))
