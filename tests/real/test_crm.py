"""A year of opportunities by sales agent: won value, win rate, the best agent, and the agents who sold nothing."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest


def by_person(company: Any, kpi: str) -> dict[str, tuple[Decimal, Decimal]]:
    rows = company.published(
        "select person_id, sum(numerator), sum(coalesce(denominator, 0)) from fct_kpi_components where kpi_id = ?"
        " and credit_kind = 'split' group by 1",
        [kpi],
    )
    return {person: (numerator, denominator) for person, numerator, denominator in rows}


@pytest.mark.req("000-K19")
def test_won_deals_and_their_value(crm: Any) -> None:
    assert sum(won for won, _ in by_person(crm, "deals_won").values()) == 4238
    assert sum(value for value, _ in by_person(crm, "won_revenue").values()) == 10_005_534


def test_won_and_lost_make_the_win_rate(crm: Any) -> None:
    rates = by_person(crm, "win_rate").values()
    assert (sum(won for won, _ in rates), sum(decided for _, decided in rates)) == (4238, 4238 + 2473)


def test_all_opportunities_are_there_also_the_open_ones(crm: Any) -> None:
    assert crm.built("select sum(n_rows), sum(n_broken) from landing.files") == [(8800, 0)]
    assert len(crm.facts["deals"]) == 8800


@pytest.mark.req("000-K19")
def test_won_value_of_every_agent_and_month(crm: Any) -> None:
    expected: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in crm.facts["deals"]:
        if row["deal_stage"] == "Won":
            # a day written 2017-12-31 or 12/31/2017
            parts = row["close_date"].split("/")
            month = f"{parts[2]}-{int(parts[0]):02}" if len(parts) == 3 else row["close_date"][:7]
            expected[row["sales_agent"], month] += Decimal(row["close_value"])
    rows = crm.published(
        "select person_id, strftime(month, '%Y-%m'), sum(numerator) from fct_kpi_components"
        " where kpi_id = 'won_revenue' and credit_kind = 'split' and numerator <> 0 group by 1, 2"
    )
    assert sorted((month, value) for _, month, value in rows) == sorted((m, v) for (_, m), v in expected.items() if v)


def test_the_best_agent(crm: Any) -> None:
    revenue, won = by_person(crm, "won_revenue"), by_person(crm, "deals_won")
    best = max(revenue, key=lambda person: revenue[person][0])
    assert best != "UNASSIGNED"
    assert (won[best][0], revenue[best][0]) == (349, 1_153_214)


def test_agents_without_deals_do_not_vanish(crm: Any) -> None:
    assert len(crm.facts["agents"]) == 35
    assert len(crm.facts["without_deals"]) == 5
    rows = crm.published(
        "select person_id, count(*), count(status), sum(value) from fct_person_kpi"
        " where period_type = 'month' and kpi_id = 'deals_won' group by 1"
    )
    assert len(rows) == 35
    assert {(months, states) for _, months, states, _ in rows} == {(10, 10)}
    idle = [person for person, _, _, won in rows if not won]
    assert len(idle) == 5
    states = crm.published(
        "select distinct status, status_reason is not null from fct_person_kpi where period_type = 'month'"
        " and kpi_id in ('deals_won', 'win_rate') and person_id in (select unnest(?))",
        [idle],
    )
    assert {status for status, _ in states} <= {"ok", "not_applicable"}
    assert all(reason for _, reason in states)
