"""Channels' sides and KPIs' medians, read from a warehouse made by hand."""

from __future__ import annotations

from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.periods import Month, Quarter, parse_period
from pipelines.warehouse.trends import ChannelRow, MedianRow, channel_sums, kpi_medians

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
