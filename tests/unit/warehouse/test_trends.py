"""Channels' sides and KPIs' medians, read from a warehouse made by hand."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.periods import Month, Quarter, parse_period
from pipelines.warehouse.trends import (
    ChannelRow,
    MedianRow,
    SubjectRow,
    active_users,
    channel_sums,
    heard_until,
    kpi_medians,
    subject_months,
)

D = Decimal


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "w.duckdb"
    with closing(duckdb.connect(str(path))) as connection:
        connection.execute(
            """
            create schema marts;
            create table marts.fct_kpi_components as
            select * from (values
                (date '2026-09-01', 'p1', 'cost_per_lead', 'channel', 'x_ads', 10.5, 2.0, 1),
                (date '2026-09-01', 'UNASSIGNED', 'cost_per_lead', 'channel', 'x_ads', 1.5, null, 0),
                (date '2026-08-01', 'p1', 'cost_per_lead', 'channel', 'x_ads', 100.0, 5.0, 0),
                (date '2026-09-01', 'p1', 'cost_per_lead', 'account', 'x_main', 7.0, 7.0, 0),
                (date '2026-09-01', 'p1', 'impressions', 'channel', 'x_ads', 7.0, 7.0, 0)
            ) as t (month, person_id, kpi_id, subject_type, subject_id, numerator, denominator, n_conflicts);
            create table marts.fct_person_kpi as
            select * from (values
                ('month', date '2026-09-01', 'p1', 'impressions', 'ok', 10.0),
                ('month', date '2026-09-01', 'p2', 'impressions', 'provisional', 21.0),
                ('month', date '2026-09-01', 'p3', 'impressions', 'withheld', 99.0),
                ('month', date '2026-09-01', 'UNASSIGNED', 'impressions', 'ok', 99.0),
                ('month', date '2026-10-01', 'p1', 'impressions', 'ok', 99.0),
                ('quarter', date '2026-07-01', 'p1', 'impressions', 'ok', 99.0),
                ('month', date '2026-07-01', 'p1', 'impressions', 'ok', 5.0),
                ('month', date '2026-06-01', 'p1', 'impressions', 'ok', 4.0)
            ) as t (period_type, period_start, person_id, kpi_id, status, value);
            """
        )
    return path


def test_the_sides_of_a_channel_are_summed_over_everybody_and_nobody(warehouse: Path) -> None:
    assert channel_sums(warehouse, parse_period("2026-09")) == [ChannelRow("cost_per_lead", "x_ads", D(12), D(2), 1)]
    assert channel_sums(warehouse, Quarter(2026, 3)) == [ChannelRow("cost_per_lead", "x_ads", D(112), D(7), 1)]
    assert channel_sums(warehouse, parse_period("2026-10")) == []


def test_medians_are_of_people_with_a_value_in_the_months_asked_for(warehouse: Path) -> None:
    assert kpi_medians(warehouse, Month(2026, 9), 2) == [
        MedianRow("impressions", Month(2026, 7), D(5), 1),
        MedianRow("impressions", Month(2026, 9), D("15.5"), 2),
    ]


@pytest.fixture
def subjects(tmp_path: Path) -> Path:
    path = tmp_path / "s.duckdb"
    with closing(duckdb.connect(str(path))) as connection:
        connection.execute(
            """
            create schema marts;
            create schema intermediate;
            create table marts.fct_kpi_components as
            select * from (values
                (date '2026-09-01', 'p1', 'group_leave_rate', 'group', 'g', 'split', 1.0, 20.0),
                (date '2026-09-01', 'UNASSIGNED', 'group_leave_rate', 'group', 'g', 'split', 2.0, 20.0),
                (date '2026-09-01', 'p2', 'group_leave_rate', 'group', 'g', 'overlay', 9.0, 99.0),
                (date '2026-09-01', 'p1', 'members_joined', 'group', 'g', 'split', 5.0, null),
                (date '2026-10-01', 'p1', 'group_leave_rate', 'group', 'g', 'split', 9.0, 90.0),
                (date '2026-07-01', 'p1', 'group_leave_rate', 'group', 'g', 'split', 9.0, 90.0)
            ) as t (month, person_id, kpi_id, subject_type, subject_id, credit_kind, numerator, denominator);
            create table marts.fct_kpi_values as
            select * from (values
                (date '2026-09-01', 'p1', 'speaking_rate', 'group', 'g', 'c1', 1),
                (date '2026-09-01', 'p2', 'speaking_rate', 'group', 'g', 'c1', 1),
                (date '2026-09-01', 'p1', 'speaking_rate', 'group', 'g', 'c2', 0),
                (date '2026-09-01', 'p1', 'active_members', 'group', 'g', 'c1', null),
                (date '2026-09-01', 'UNASSIGNED', 'active_members', 'group', 'h', 'c1', null),
                (date '2026-08-01', 'p1', 'active_members', 'group', 'h', 'c2', null),
                (date '2026-06-01', 'p1', 'active_members', 'group', 'h', 'c3', null)
            ) as t (month, person_id, kpi_id, subject_type, subject_id, value_key, n_hits);
            create table intermediate.int_source_coverage as
            select * from (values
                (date '2026-09-01', 'x_posts', 'a', date '2026-09-15'),
                (date '2026-09-01', 'x_posts', 'b', date '2026-09-20'),
                (date '2026-09-01', 'okr', '', null),
                (date '2026-08-01', 'orders', '', date '2026-08-31')
            ) as t (month, family, subject_id, heard_until);
            """
        )
    return path


@pytest.mark.req("002-I6")
def test_a_subjects_month_is_over_everybody_and_nobody_and_a_share_counts_each_once(subjects: Path) -> None:
    kpis = ("group_leave_rate", "speaking_rate", "members_joined", "active_members")
    september = Month(2026, 9)
    assert subject_months(subjects, kpis, Month(2026, 8), september.end) == [
        SubjectRow("group_leave_rate", september, "group", "g", D(3), D(40)),
        SubjectRow("speaking_rate", september, "group", "g", D(1), D(2)),
    ]
    assert subject_months(subjects, ("speaking_rate",), Month(2026, 10), Month(2026, 10).end) == []


@pytest.mark.req("003-W14")
def test_an_active_user_counts_once_in_a_period(subjects: Path) -> None:
    assert [active_users(subjects, parse_period(one)) for one in ("2026-09", "2026-Q3", "2026-10")] == [1, 2, 0]


@pytest.mark.req("004-W2")
def test_how_far_the_exports_of_a_family_speak(subjects: Path) -> None:
    assert heard_until(subjects, parse_period("2026-09")) == {"x_posts": date(2026, 9, 20)}
    assert heard_until(subjects, Quarter(2026, 3)) == {"orders": date(2026, 8, 31), "x_posts": date(2026, 9, 20)}
