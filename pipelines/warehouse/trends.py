"""What the lists of a period read from the finished warehouse: channels, medians, subjects, members, label samples.

Belongs here: queries over the marts and the coverage of sources, returned as plain rows. Read-only. Does not belong
here: judging them (`pipelines.reports`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from pipelines.periods import Month, Period
from pipelines.warehouse.connection import open_reader

#: KPIs whose components stand by channel, and what their two sides are.
CHANNEL_KPIS = ("cost_per_lead", "customer_acquisition_cost", "return_on_ad_spend")


@dataclass(frozen=True)
class ChannelRow:
    """The two sides of one KPI of one channel, over everybody and nobody (grain: KPI x channel)."""

    kpi_id: str
    channel: str
    numerator: Decimal | None
    denominator: Decimal | None
    conflicts: int


@dataclass(frozen=True)
class MedianRow:
    """The median of a KPI over the people who have a value, in one month (grain: KPI x month)."""

    kpi_id: str
    month: Month
    median: Decimal
    people: int


@dataclass(frozen=True)
class SubjectRow:
    """The two sides of a KPI of one subject in a month, over everybody and nobody (grain: KPI x month x subject)."""

    kpi_id: str
    month: Month
    subject_type: str
    subject_id: str
    numerator: Decimal | None
    denominator: Decimal | None


@dataclass(frozen=True)
class SampleRow:
    """A record that is drawn for people to judge its label (grain: month x label x record), without that label."""

    month: Month
    label: str
    record_id: str
    account_id: str
    content_id: str
    row_no: int


def channel_sums(warehouse_file: Path, period: Period) -> list[ChannelRow]:
    """Costs and results of the period by channel, what is credited to nobody included, by KPI and channel."""
    with open_reader(warehouse_file) as connection:
        rows = connection.execute(
            """
            select kpi_id, subject_id, sum(numerator), sum(denominator), cast(sum(n_conflicts) as bigint)
            from marts.fct_kpi_components
            where subject_type = 'channel' and month >= ? and month < ? and list_contains(?, kpi_id)
            group by kpi_id, subject_id
            order by kpi_id, subject_id
            """,
            [period.start, period.end, list(CHANNEL_KPIS)],
        ).fetchall()
    return [ChannelRow(*row) for row in rows]


def kpi_medians(warehouse_file: Path, month: Month, earlier: int) -> list[MedianRow]:
    """Medians of every KPI in a month and the months before it that the warehouse has, by KPI and month.

    Args:
        warehouse_file: the finished warehouse.
        month: the last month.
        earlier: how many months before it are looked at.
    """
    with open_reader(warehouse_file) as connection:
        rows = connection.execute(
            """
            select kpi_id, period_start, median(value), count(*)
            from marts.fct_person_kpi
            where period_type = 'month' and status in ('ok', 'provisional') and value is not null
                and person_id <> 'UNASSIGNED' and period_start >= ? and period_start < ?
            group by kpi_id, period_start
            order by kpi_id, period_start
            """,
            [month.plus(-earlier).start, month.end],
        ).fetchall()
    return [MedianRow(kpi, Month.of(start), Decimal(str(value)), people) for kpi, start, value, people in rows]


def subject_months(warehouse_file: Path, kpi_ids: Sequence[str], first: Month, end: date) -> list[SubjectRow]:
    """Ratios by subject and month, by KPI, month and subject; of a share of those who did, how many did and could.

    Args:
        warehouse_file: the finished warehouse.
        kpi_ids: KPIs that are ratios of sums or shares of those who did (`hit_share`).
        first: the first month.
        end: the first day of the month after the last.
    """
    with open_reader(warehouse_file) as connection:
        rows = connection.execute(
            """
            select kpi_id, month, subject_type, subject_id, sum(numerator), sum(denominator)
            from marts.fct_kpi_components
            where credit_kind = 'split' and denominator is not null
                and month >= $first and month < $end and list_contains($kpis, kpi_id)
            group by all
            union all
            select
                kpi_id, month, subject_type, subject_id,
                count(distinct value_key) filter (where n_hits > 0),
                count(distinct value_key)
            from marts.fct_kpi_values
            where n_hits is not null and month >= $first and month < $end and list_contains($kpis, kpi_id)
            group by all
            order by all
            """,
            {"first": first.start, "end": end, "kpis": list(kpi_ids)},
        ).fetchall()
    return [
        SubjectRow(kpi, Month.of(month), subject_type, subject_id, _decimal(top), _decimal(bottom))
        for kpi, month, subject_type, subject_id, top, bottom in rows
    ]


def active_users(warehouse_file: Path, period: Period) -> int:
    """How many members of groups were active in a period, each of them once; 0 where nothing is known."""
    with open_reader(warehouse_file) as connection:
        row = connection.execute(
            """
            select count(distinct value_key) from marts.fct_kpi_values
            where kpi_id = 'active_members' and month >= ? and month < ?
            """,
            [period.start, period.end],
        ).fetchone()
    return int(row[0]) if row else 0


def heard_until(warehouse_file: Path, period: Period) -> dict[str, date]:
    """The last day that the exports of each family speak of, in the months of a period, where it has exports."""
    with open_reader(warehouse_file) as connection:
        rows = connection.execute(
            """
            select family, max(heard_until) from intermediate.int_source_coverage
            where month >= ? and month < ? and heard_until is not null
            group by family
            order by family
            """,
            [period.start, period.end],
        ).fetchall()
    return dict(rows)


def _decimal(number: object) -> Decimal | None:
    return None if number is None else Decimal(str(number))


@dataclass(frozen=True)
class FollowerCountRow:
    """How many new followers are spam, by verdict, corrected and audited (grain: month x account, * for all)."""

    month: Month
    account_id: str
    model_version: str
    judged: int
    flagged: int
    flagged_share: Decimal
    corrected_share: Decimal | None
    corrected_low: Decimal | None
    corrected_high: Decimal | None
    audited: int
    audited_share: Decimal | None
    audited_low: Decimal | None
    audited_high: Decimal | None
    state: str


def follower_counts(warehouse_file: Path, period: Period) -> list[FollowerCountRow]:
    """Counts of judged new followers of the months of a period, the pool of each month first; empty without any."""
    with open_reader(warehouse_file) as connection:
        rows = connection.execute(
            """
            select month, account_id, model_version, n_judged, n_flagged, flagged_share,
                   corrected_share, corrected_low, corrected_high, n_seen_flagged + n_seen_clean,
                   audited_share, audited_low, audited_high, state
            from intermediate.int_follower_audit
            where month >= ? and month < ?
            order by month, account_id <> '*', account_id, model_version
            """,
            [period.start, period.end],
        ).fetchall()
    return [FollowerCountRow(Month.of(start), *rest) for start, *rest in rows]


def label_samples(warehouse_file: Path, period: Period) -> list[SampleRow]:
    """Records of the period that are drawn for the label audit, by month, label and place in the draw."""
    with open_reader(warehouse_file) as connection:
        rows = connection.execute(
            """
            select month, label, record_id, coalesce(account_id, ''), coalesce(_content_id, ''), coalesce(_row_no, 0)
            from intermediate.int_label_samples
            where month >= ? and month < ?
            -- among followers the place would tell those called spam from the others
            order by month, label, case label when 'follower' then 0 else place end, record_id
            """,
            [period.start, period.end],
        ).fetchall()
    return [SampleRow(Month.of(start), *rest) for start, *rest in rows]
