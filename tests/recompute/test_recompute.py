"""Every KPI of the catalogue, recomputed from the raw files, against what was published.

Belongs here: the comparison, and what is known to differ. Does not belong here: how a KPI is recomputed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from .comparing import Difference, Recomputation
from .families import FAMILIES
from .kpi import REGISTRY
from .published import catalogue
from .sentiment import texts_and_hashes

#: KPIs of the catalogue that nobody has recomputed yet. Take an id out when its family's module has it.
PENDING: frozenset[str] = frozenset()

CATALOGUED = [row["kpi_id"] for row in catalogue()]

SHOWN = 20


@dataclass(frozen=True)
class Known:
    """A defect of the pipeline that is known and not mended yet: which differences it makes, and why."""

    name: str
    kpi_id: str
    reason: str
    makes: Callable[[Difference], bool]


def is_the_first_month_of_the_official_account(found: Difference) -> bool:
    return (found.period, found.person, found.what) == ("2024-10", "P006", "status")


SHORT_HISTORY = (
    "oa_yunti has 31 days of users in 2024-10 and no count before: there are records and none can be judged "
    "(not_measurable, as follower_growth_rate_x says of the same month), published is no_activity"
)

KNOWN = (
    Known(
        "short_history_of_oa",
        "follower_growth_rate_oa",
        SHORT_HISTORY,
        is_the_first_month_of_the_official_account,
    ),
    Known(
        "short_history_of_the_opening_of_oa",
        "oa_follower_growth",
        SHORT_HISTORY,
        is_the_first_month_of_the_official_account,
    ),
)


def unexpected(found: list[Difference]) -> list[str]:
    return [
        str(difference)
        for difference in found
        if not any(known.kpi_id == difference.kpi_id and known.makes(difference) for known in KNOWN)
    ]


def test_every_kpi_of_the_catalogue_is_recomputed() -> None:
    assert FAMILIES
    missing = set(CATALOGUED) - set(REGISTRY) - PENDING
    assert not missing, f"no recomputation of {sorted(missing)}: add them to a module of tests/recompute"


def test_nothing_is_pending_that_is_done_or_unknown() -> None:
    stale = (PENDING & set(REGISTRY)) | (PENDING - set(CATALOGUED)) | (set(REGISTRY) - set(CATALOGUED))
    assert not stale, f"take {sorted(stale)} out of PENDING or of the registry"


@pytest.mark.parametrize("kpi_id", sorted(set(CATALOGUED) & set(REGISTRY)))
def test_published_is_what_the_raw_files_give(demo: Recomputation, small: Recomputation, kpi_id: str) -> None:
    found = unexpected(demo.differences(kpi_id)) + unexpected(small.differences(kpi_id))
    assert not found, f"{len(found)} differences:\n" + "\n".join(found[:SHOWN])


def test_the_same_defects_of_the_data_withhold(demo: Recomputation, small: Recomputation) -> None:
    for company in (demo, small):
        ours = {(found.month, found.family, found.account, found.reason) for found in company.findings.withholding}
        assert company.published_findings == ours


def test_months_quarters_and_years_are_compared(demo: Recomputation, small: Recomputation) -> None:
    periods = {period for period, _, _ in demo.published}
    assert {"2024-10", "2026-10", "2024-Q4", "2026-Q3", "2025"} <= periods
    assert "2026-10" in {period for period, _, _ in small.published}


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(known, marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=known.reason))
        for known in KNOWN
    ],
    ids=lambda known: known.name,
)
def test_known_defects(demo: Recomputation, known: Known) -> None:
    made = [str(found) for found in demo.differences(known.kpi_id) if known.makes(found)]
    assert not made, "\n".join(made[:SHOWN])


def test_labels_of_comments_stand_beside_the_texts_that_were_judged(small: Recomputation) -> None:
    pairs = texts_and_hashes(small.world)
    assert len(pairs) == len({text for text, _ in pairs}) == len({hashed for _, hashed in pairs}) > 1


def test_a_wrong_cent_a_wrong_ratio_and_a_wrong_status_are_seen(small: Recomputation) -> None:
    def seen(kpi_id: str, **changes: Callable[[Any], Any]) -> list[str]:
        period, person, _ = next(
            key for key, row in sorted(small.published.items()) if key[2] == kpi_id and row.status == "ok" and row.value
        )
        row = small.published[period, person, kpi_id]
        assert not small.row_differences(kpi_id, period, person, row)
        changed = replace(row, **{name: change(getattr(row, name)) for name, change in changes.items()})
        return [found.what for found in small.row_differences(kpi_id, period, person, changed)]

    assert seen("conversion_revenue", numerator=lambda number: number + Decimal("0.01")) == ["numerator"]
    assert seen("conversion_revenue", value=lambda number: number - Decimal("0.000000001")) == ["value"]
    assert seen("engagement_rate_followers", value=lambda number: number + Decimal("0.000000002")) == ["value"]
    assert seen("win_rate", denominator=lambda number: number + 1) == ["denominator"]
    assert seen("leads_submitted", status=lambda _: "provisional") == ["status"]


def test_a_record_that_vanishes_or_is_credited_twice_is_seen(small: Recomputation) -> None:
    key = next(key for key in small.components if key[1:] == ("UNASSIGNED", "conversion_revenue"))
    numerator, denominator = small.components[key]
    assert numerator is not None
    small.components[key] = (numerator + 1, denominator)
    try:
        found = [(d.person, d.what) for d in small.differences("conversion_revenue")]
    finally:
        small.components[key] = (numerator, denominator)
    assert found == [
        ("UNASSIGNED", "numerator of the components"),
        ("the whole company", "numerator of the components"),
    ]
    assert Fraction(numerator) == small.result("conversion_revenue", "UNASSIGNED", key[0]).numerator
