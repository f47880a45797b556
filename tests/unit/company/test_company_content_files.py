"""The days of offline events and the excluded handles: what is wrong in them is named, what is right reaches SQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipelines.company import Finding, load_company
from pipelines.company.frames import company_tables
from pipelines.company.keys import Pseudonymiser

KPIS = frozenset({"impressions", "engagement_rate_followers", "net_follower_growth"})
Findings = Callable[..., list[Finding]]


@pytest.mark.parametrize(
    ("file", "line", "column", "value"),
    [
        ("people/offline_events.csv", "acme,2026-10-01,2026-10-02,\n", "account_id", "acme"),
        ("people/offline_events.csv", "acme_x,2026-10-02,2026-10-02,\n", "valid_to", "2026-10-02"),
        ("people/offline_events.csv", "acme_x,2026-10-02,,\n", "valid_to", ""),
        ("people/excluded_handles.csv", "rival,rival,\n", "reason", "rival"),
    ],
)
def test_a_wrong_cell_is_named(findings_of: Findings, file: str, line: str, column: str, value: str) -> None:
    (finding,) = findings_of(file, append=line)
    assert (finding.file, finding.column, finding.value) == (file, column, value)


def test_events_and_handles_reach_the_warehouse(home: Path) -> None:
    with (home / "people/offline_events.csv").open("a", encoding="utf-8") as file:
        file.write(",2026-10-01,2026-10-03,fair\n")
    with (home / "people/excluded_handles.csv").open("a", encoding="utf-8") as file:
        file.write("@Win_Coins,spam,\n")
    keys = Pseudonymiser(bytes(32))
    tables = company_tables(load_company(home, kpi_ids=KPIS), keys)
    assert tables["offline_events"].to_pylist() == [
        {"account_id": "", "valid_from": date(2026, 10, 1), "valid_to": date(2026, 10, 3)}
    ]
    # with and without the @ that some exports write, the company's own account of accounts.csv among them
    expected = {keys.actor("x_handle", name) for name in ("win_coins", "@win_coins", "acme", "@acme")}
    assert {row["author_key"] for row in tables["excluded_authors"].to_pylist()} == expected


def test_events_of_platforms_reach_the_guards_by_kpi(home: Path) -> None:
    (home / "reviews/platform_events.csv").write_text(
        "platform,happened_from,happened_to,kind,kpis,what,source,logged_by,logged_on\n"
        "X,2026-10-12,2026-10-13,purge,,locked accounts removed,https://example.com/a,li,2026-10-14\n"
        ",2026-12-30,,definition,impressions; reach_rate,views replace impressions,notice,li,2026-12-30\n",
        encoding="utf-8",
    )
    tables = company_tables(load_company(home, kpi_ids=KPIS | {"impressions", "reach_rate"}), Pseudonymiser(bytes(32)))
    assert [tuple(row.values()) for row in tables["platform_events"].to_pylist()] == [
        ("", "definition", "impressions", date(2026, 12, 30), None),
        ("", "definition", "reach_rate", date(2026, 12, 30), None),
        ("x", "purge", "", date(2026, 10, 12), date(2026, 10, 13)),
    ]
