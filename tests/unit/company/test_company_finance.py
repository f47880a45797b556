"""The finance file: every defect is told with its place, and what of it enters the warehouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.company import Finding, load_company
from pipelines.company.frames import company_tables
from pipelines.company.keys import Pseudonymiser

KPIS = frozenset({"impressions", "engagement_rate_followers", "net_follower_growth"})
KEYS = Pseudonymiser(b"k" * 32)
FILE = "reviews/finance.csv"
Load = Callable[..., list[Finding]]


@pytest.mark.req("004-I3")
def test_figures_load_with_their_rows_and_who_approved(home: Path) -> None:
    company = load_company(home, kpi_ids=KPIS)
    profit = company.finance[0]
    assert (profit.kind, profit.amount, profit.approved_by) == ("profit", Decimal(1200000), "chen")
    assert profit.source == f"{FILE} row 2"
    assert company.finance[2].amount == -5


@pytest.mark.req("004-K4")
def test_the_base_of_a_month_is_that_of_the_shortest_period_and_a_teams_stands_beside(home: Path) -> None:
    rows = company_tables(load_company(home, kpi_ids=KPIS), KEYS)["cpl_bases"].to_pylist()
    bases = {(row["month"].month, row["team_id"], row["channel"]): row["amount"] for row in rows}
    assert {row["month"].year for row in rows} == {2026}
    assert bases[9, "", "x_ads"] == 6
    assert bases[10, "", "x_ads"] == bases[12, "", "x_ads"] == Decimal("5.50")
    assert bases[10, "growth", "x_ads"] == 5
    assert (11, "growth", "x_ads") not in bases
    assert bases[1, "", "meta_ads"] == Decimal("7.25")
    assert [month for month, team, channel in bases if not channel] == list(range(1, 13))


def test_a_year_of_which_one_month_has_a_base_is_measured_in_all_its_months(home: Path) -> None:
    (home / FILE).write_text(
        "period,kind,scope,scope_id,channel,amount,note,approved_by\n2026-10,cpl_base,company,,x_ads,5,,chen\n",
        encoding="utf-8",
    )
    rows = company_tables(load_company(home, kpi_ids=KPIS), KEYS)["cpl_bases"].to_pylist()
    assert len(rows) == 13
    assert {row["month"] for row in rows if row["amount"] is not None} == {date(2026, 10, 1)}
    (home / FILE).unlink()
    assert company_tables(load_company(home, kpi_ids=KPIS), KEYS)["cpl_bases"].num_rows == 0


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "problem"),
    [
        ("2026,profit,", "soon,profit,", 2, "period", "is not a period"),
        ("2026,profit,", "2026,revenue,", 2, "kind", "is none of: profit, profit_target, cpl_base"),
        ("profit,company", "profit,planet", 2, "scope", "is none of: company, team"),
        ("profit,company,,", "profit,company,growth,", 2, "scope_id", "a figure of the whole company has a scope_id"),
        ("profit,company,,,", "profit,company,,x_ads,", 2, "channel", "profit is not of a channel"),
        ("1200000,,chen", ",,chen", 2, "amount", "is empty"),
        ("1200000,,chen", "1200000.005,,chen", 2, "amount", "finer than a cent"),
        ("1200000,,chen", "lots,,chen", 2, "amount", "is not a"),
        ("1200000,,chen", "1200000,,", 2, "approved_by", "is empty"),
        ("1200000,,chen", "1200000,,li", 2, "approved_by", "is not listed under approvers"),
        ("1200000,,chen", "1200000,,chan", 2, "approved_by", "no person has this id"),
        ("team,growth,,-5", "team,,,-5", 4, "scope_id", "scope is team but no scope_id says which"),
        ("team,growth,,-5", "team,grow,,-5", 4, "scope_id", "no position names this team; the nearest is growth"),
        ("2025,profit,team", "2026,profit,team", 4, "scope", "row 2 states profit or target of 2026"),
        (",x_ads,6", ",,6", 5, "channel", "a base cost per lead needs the channel"),
        (",x_ads,6", ",x_ad,6", 5, "channel", "no money is spent on this channel; the nearest is x_ads"),
        (",x_ads,6", ",x_ads,0", 5, "amount", "a base cost per lead is above 0"),
        ("2026-Q4,cpl_base", "2026,cpl_base", 7, "", "the same period + kind + scope_id + channel"),
    ],
)
def test_a_defect_is_told_where_it_stands(
    findings_of: Load, old: str, new: str, row: int, column: str, problem: str
) -> None:
    findings = [found for found in findings_of(FILE, replace=(old, new)) if problem in found.problem]
    assert [(found.file, found.row, found.column) for found in findings] == [(FILE, row, column)]
    assert findings[0].mend
