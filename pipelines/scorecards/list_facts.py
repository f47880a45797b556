"""What the lists of a period are made from: its own bundle, the earlier periods, the company's rows.

Belongs here: gathering all of it for `pipelines.reports`. Does not belong here: reading an earlier period (earlier),
the rule of a list (reports), its files (lists).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.company.incentives import months_touched
from pipelines.company.model import Company
from pipelines.periods import Month, Period
from pipelines.reports.catalogue import needed_periods, reports_of
from pipelines.reports.facts import (
    Around,
    Channel,
    Facts,
    FollowerCount,
    Revision,
    Sample,
    SinceSeal,
    SubjectMonth,
)
from pipelines.reports.incentives import EFFECT_KPIS
from pipelines.reports.pace import iso_week
from pipelines.reports.results import results_of
from pipelines.reports.since_seals import changes
from pipelines.reports.table import COLUMNS
from pipelines.scorecards import seals
from pipelines.scorecards.bundle import BUNDLE_FILE, catalogue_row
from pipelines.scorecards.earlier import past_of, results_in
from pipelines.scorecards.words import Words
from pipelines.warehouse.trends import (
    ChannelRow,
    FollowerCountRow,
    active_users,
    channel_sums,
    follower_counts,
    heard_until,
    kpi_medians,
    label_samples,
    subject_months,
)


@dataclass(frozen=True)
class Trends:
    """What the lists take from the warehouse, as `Facts` names it."""

    channels: Sequence[Channel] = ()
    medians: Mapping[str, Mapping[str, tuple[Decimal, int]]] = field(default_factory=dict)
    since_seals: Mapping[Month, SinceSeal] = field(default_factory=dict)
    heard: Mapping[str, date] = field(default_factory=dict)
    subjects: Sequence[SubjectMonth] = ()
    active_users: int = 0
    samples: Sequence[Sample] = ()
    follower_counts: Sequence[FollowerCount] = ()


def trends_of(company: Company, warehouse_file: Path, period: Period, file_names: Mapping[str, str]) -> Trends:
    """Read what the lists of a period need of the warehouse; of a month the medians that say what is usual too.

    Args:
        company: the company.
        warehouse_file: the finished warehouse.
        period: the period.
        file_names: name of the file by content id.
    """
    sides: dict[str, dict[str, ChannelRow]] = {}
    for row in channel_sums(warehouse_file, period):
        sides.setdefault(row.channel, {})[row.kpi_id] = row
    channels = [_channel(name, rows) for name, rows in sorted(sides.items())]
    medians: dict[str, dict[str, tuple[Decimal, int]]] = {}
    if isinstance(period, Month):
        for one in kpi_medians(warehouse_file, period, company.lists.drift_months):
            medians.setdefault(one.kpi_id, {})[str(one.month)] = (one.median, one.people)
    samples = [
        Sample(row.month, row.label, row.record_id, row.account_id, file_names.get(row.content_id, ""), row.row_no)
        for row in label_samples(warehouse_file, period)
    ]
    return Trends(
        channels,
        medians,
        heard=heard_until(warehouse_file, period),
        subjects=_subjects(company, warehouse_file, period),
        active_users=active_users(warehouse_file, period),
        samples=samples,
        follower_counts=[_follower_count(row) for row in follower_counts(warehouse_file, period)],
    )


def _follower_count(row: FollowerCountRow) -> FollowerCount:
    def around(share: Decimal | None, low: Decimal | None, high: Decimal | None) -> Around | None:
        return None if share is None or low is None or high is None else (share, low, high)

    return FollowerCount(
        row.month, row.account_id, row.model_version, row.judged, row.flagged, row.flagged_share,
        around(row.corrected_share, row.corrected_low, row.corrected_high), row.audited,
        around(row.audited_share, row.audited_low, row.audited_high), row.state,
    )  # fmt: skip


def _subjects(company: Company, warehouse_file: Path, period: Period) -> list[SubjectMonth]:
    """The months around the incentives; the warehouse is not asked where there are none."""
    touched = [months for one in company.member_incentives if (months := months_touched(one, period))]
    if not touched:
        return []
    first = min(months[0].plus(-len(months)) for months in touched)
    rows = subject_months(warehouse_file, EFFECT_KPIS, first, period.end)
    return [SubjectMonth(**vars(row)) for row in rows]


def since_seals(
    home: Path, period: Period, traces_of: Callable[[Month], Iterable[Mapping[str, Any]]]
) -> dict[Month, SinceSeal]:
    """Compare each sealed month of a quarter or year with the same month by the data of now, one after the other.

    Args:
        home: the company folder.
        period: the period; a month has no shorter ones.
        traces_of: computes everybody's traces of a month from the warehouse of now.

    Raises:
        IntegrityError: when the seal of a month does not match its own hashes.
    """
    found: dict[Month, SinceSeal] = {}
    for month in () if isinstance(period, Month) else period.months:
        if seals.newest_seal(home, str(month)) is not None and (sealed := past_of(home, month)) is not None:
            found[month] = SinceSeal(sealed.edition, tuple(changes(sealed, results_of(traces_of(month)))))
    return found


def _channel(name: str, rows: Mapping[str, ChannelRow]) -> Channel:
    def side(kpi_id: str, of: str) -> Decimal:
        value: Decimal | None = getattr(rows[kpi_id], of) if kpi_id in rows else None
        return value or Decimal(0)

    return Channel(
        name,
        spend=side("cost_per_lead", "numerator"),
        leads=side("cost_per_lead", "denominator"),
        customers=side("customer_acquisition_cost", "denominator"),
        returned=side("return_on_ad_spend", "numerator"),
    )


def lists_of(
    company: Company,
    period: Period,
    catalogue: Mapping[str, Mapping[str, Any]],
    trends: Trends,
    bundle: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the part of a bundle that holds its lists.

    Returns:
        `lists`, the reports as plain JSON types; `list_people`, the names of people who stand in a list and have no
        card, such as raters; `list_catalogue`, the KPIs that stand in a list and on no card.

    Raises:
        IntegrityError: when the seal of an earlier period does not match its own hashes.
    """
    earlier = {one: past for one in needed_periods(period, company.lists) if (past := past_of(company.home, one))}
    results = results_of(bundle["traces"])
    facts = Facts(
        period,
        results,
        company,
        bundle["pools"],
        catalogue,
        earlier,
        trends.channels,
        trends.medians,
        trends.since_seals,
        trends.heard,
        weekly_of(bundle) if isinstance(period, Month) else {},
        trends.subjects,
        trends.active_users,
        _revisions(company, period),
        trends.samples,
        trends.follower_counts,
    )
    reports = [report.to_dict() for report in reports_of(facts)]
    named = _values(reports, "person")
    measured = {kpi for cell in _values(reports, "kpi") | _values(reports, "kpis") for kpi in cell.split("; ")}
    return {
        "lists": reports,
        "list_people": {
            person.person_id: {"name": person.name or "", "name_en": person.name_en or ""}
            for person in sorted(company.people, key=lambda person: person.person_id)
            if person.person_id in named and person.person_id not in bundle["people"]
        },
        "list_catalogue": {
            kpi: catalogue_row(catalogue[kpi])
            for kpi in sorted(measured)
            if kpi in catalogue and kpi not in bundle["catalogue"]
        },
    }


def _revisions(company: Company, period: Period) -> list[Revision]:
    """The sealed revisions of the period where somebody appealed against it; their day is the company's."""
    if not any(appeal.period == period for appeal in company.appeals):
        return []
    zone = ZoneInfo(company.timezone)
    found = []
    for sealed in seals.read_seals(company.home, str(period)):
        results = results_in(sealed.folder, sealed.manifest["files"][BUNDLE_FILE]["sha256"])
        if results is not None:
            day = datetime.fromisoformat(sealed.seal["approved_at"]).astimezone(zone).date()
            found.append(Revision(sealed.revision, day, results))
    return found


def _values(reports: Iterable[Mapping[str, Any]], kind: str) -> set[str]:
    """What stands in the columns of a kind."""
    return {
        row[column]
        for report in reports
        for column in report["columns"]
        if COLUMNS[column] == kind
        for row in report["rows"]
        if column in row
    }


def weekly_of(bundle: Mapping[str, Any]) -> dict[tuple[str, str], dict[str, tuple[Decimal, int]]]:
    """What the records of each person and KPI add up to by ISO week, where the bundle holds all of them."""
    # the words of a list are nobody's in particular
    words = Words(bundle, {"currency": bundle["company"]["currency"], "person_id": "", "segments": []}, "en")
    found: dict[tuple[str, str], dict[str, tuple[Decimal, int]]] = {}
    for person, kpis in bundle["evidence"].items():
        for kpi, rows in kpis.items():
            if len(rows) < bundle["evidence_totals"].get(person, {}).get(kpi, len(rows)):
                continue
            weeks = found.setdefault((person, kpi), {})
            for row in rows:
                day = date.fromisoformat(words.when(row["record_type"], row["occurred_at"])[:10])
                amount, count = weeks.get(iso_week(day), (Decimal(0), 0))
                weeks[iso_week(day)] = (amount + Decimal(row.get("numerator") or 0), count + 1)
    return found
