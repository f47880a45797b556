"""people/communities.csv and people/community_groups.csv: what is refused, and what the warehouse gets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines.company import load_company
from pipelines.company.frames import company_tables
from pipelines.company.keys import Pseudonymiser

COMMUNITIES = """\
community_id,name,type,stage,target_population,valid_from,valid_to
club,读书会,content,start_up,,2024-01-01,2026-07-01
club,读书会,content,growth,80,2026-07-01,2026-12-01
"""
GROUPS = """\
group_id,community_id,valid_from,valid_to
wrg01,club,2024-01-01,2026-10-16
wrg02,club,2026-10-16,2026-12-01
"""


@pytest.fixture
def home(home: Path) -> Path:
    """The sound company with a community of two groups."""
    (home / "people" / "communities.csv").write_text(COMMUNITIES, encoding="utf-8")
    (home / "people" / "community_groups.csv").write_text(GROUPS, encoding="utf-8")
    return home


def test_the_warehouse_gets_stretches_and_groups(home: Path) -> None:
    kpis = {"impressions", "engagement_rate_followers"}
    tables = company_tables(load_company(home, kpi_ids=kpis), Pseudonymiser(b"k" * 32))
    assert [tuple(row.values()) for row in tables["communities"].to_pylist()] == [
        ("club", "content", "growth", 80, date(2026, 7, 1), date(2026, 12, 1)),
        ("club", "content", "start_up", None, date(2024, 1, 1), date(2026, 7, 1)),
    ]
    assert [tuple(row.values()) for row in tables["community_groups"].to_pylist()] == [
        ("wrg01", "club", date(2024, 1, 1), date(2026, 10, 16)),
        ("wrg02", "club", date(2026, 10, 16), date(2026, 12, 1)),
    ]
    assert "读书会" not in str({name: table.to_pydict() for name, table in tables.items() if name != "calendar"})


@pytest.mark.parametrize(
    ("file", "replace", "row", "column", "problem"),
    [
        ("communities", ("content,start_up", "club,start_up"), 2, "type", "none of"),
        ("communities", ("content,start_up", "content,old"), 2, "stage", "none of"),
        ("communities", (",80,", ",0,"), 3, "target_population", "no number of people"),
        ("communities", (",80,", ",80.5,"), 3, "target_population", "no number of people"),
        ("communities", ("growth,80,2026-07-01", "growth,80,2026-06-30"), 3, "valid_from", "row 2 also holds"),
        ("community_groups", ("wrg02,club", "wrg02,clup"), 3, "community_id", "the nearest is club"),
        ("community_groups", ("wrg02,", "wrg01,"), 3, "", ""),
        ("community_groups", ("16,2026-12-01", "16,"), 3, "valid_from", "has no row in people/communities.csv"),
        ("community_groups", ("2024-01-01", "2023-12-31"), 2, "valid_from", "has no row in people/communities.csv"),
    ],
)
def test_a_defect_is_told(home, findings_of, file, replace, row, column, problem) -> None:
    found = findings_of(f"people/{file}.csv", replace=replace)
    if not problem:  # one group after the other in one community, under one name: that is no defect
        assert found == []
        return
    assert [(finding.file, finding.row, finding.column) for finding in found] == [(f"people/{file}.csv", row, column)]
    assert problem in found[0].problem


def test_an_assignment_names_a_community_that_there_is(home, findings_of) -> None:
    found = findings_of("people/assignments.csv", append="community,clab,li,100,2024-01-01,\n")
    assert [(finding.row, finding.column, finding.value) for finding in found] == [(6, "subject_id", "clab")]
    assert findings_of("people/assignments.csv", replace=("clab", "club")) == []


def test_a_group_is_in_one_community_a_day(home, findings_of) -> None:
    found = findings_of("people/community_groups.csv", append="wrg01,club,2026-10-15,2026-10-17\n")
    assert "row 2 also holds from 2026-10-15 to 2026-10-15" in found[0].problem
