"""Schemes beside the paying one: whom they hold for, and what can be wrong with their rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pipelines.company import load_company
from pipelines.company.buffers import SchemeBuffer, buffer_of
from pipelines.company.segments import Segment
from pipelines.periods import Month, Quarter

pytestmark = pytest.mark.req("003-W7")
FILE = "people/scheme_buffers.csv"


HEAD = "mode,scheme_id,version,team_id,role,valid_from,valid_to\n"


@pytest.fixture
def found(home, findings_of):
    def load(rows: str):
        (home / FILE).write_text(HEAD + rows, encoding="utf-8")
        return findings_of(FILE)

    return load


def row(mode="guarantee", scheme_id="001", start=date(2026, 9, 1), end=date(2026, 11, 1), **given) -> SchemeBuffer:
    return SchemeBuffer(mode=mode, scheme_id=scheme_id, valid_from=start, valid_to=end, **given)


def segment(start=date(2024, 1, 1), end=None, scheme_id="000") -> Segment:
    return Segment("li", start.isoformat(), start, end, "operator", "L1", "growth", scheme_id, Decimal(3000))


@pytest.mark.parametrize(
    ("line", "column", "problem"),
    [
        ("guarantee,none,,,,2026-01-01,2026-04-01", "scheme_id", "none is no scheme that anybody can be scored by"),
        ("guarantee,001,one,,,2026-01-01,2026-04-01", "version", "is not the version of a scheme"),
        ("guarantee,001,,,,2026-01-15,2026-04-01", "valid_from", "lies inside a month"),
        ("guarantee,001,,,,2026-01-01,2026-04-15", "valid_to", "lies inside a month"),
        ("guarantee,001,,,,2026-01-01,", "valid_to", "the cell is empty"),
        ("both,001,,,,2026-01-01,2026-04-01", "mode", "shadow, guarantee"),
        ("shadow,000,,,,2026-01-01,2026-04-01", "scheme_id", "is the scheme that pays role operator of team growth"),
        ("shadow,001,,,,2020-01-01,2020-04-01", "mode", "nobody of this team and role is paid by a scheme"),
        ("shadow,001,,,edtor,2026-01-01,2026-04-01", "role", "editor"),
        ("shadow,001,,grwth,,2026-01-01,2026-04-01", "team_id", "growth"),
    ],
)
def test_each_mistake_is_one_finding(found, line, column, problem):
    findings = found(f"{line}\n")
    assert [(one.file, one.row, one.column) for one in findings] == [(FILE, 2, column)]
    assert problem in str(findings[0])


def test_one_row_a_team_and_role_and_day(found):
    rows = "shadow,001,,,,2026-01-01,2026-04-01\nguarantee,002,,,,2026-03-01,2026-05-01\n"
    findings = found(rows)
    assert [(one.row, one.column) for one in findings] == [(3, "valid_from")]
    assert "row 2 also holds from 2026-03-01 to 2026-03-31" in findings[0].problem


def test_a_version_may_stand_beside_the_paying_one_of_the_same_scheme(home):
    (home / FILE).write_text(
        f"{HEAD}guarantee,000,0.9.0,,,2026-01-01,2026-04-01\n",
        encoding="utf-8",
    )
    company = load_company(home, kpi_ids={"impressions", "engagement_rate_followers"})
    assert [(one.mode, one.scheme_id, one.version) for one in company.scheme_buffers] == [("guarantee", "000", "0.9.0")]
    # what stands beside moves no segment: they are what they are without it
    assert {one.scheme_id for one in company.segments()} == {"000"}
    assert len(company.segments()) == 3


def test_the_most_specific_row_holds():
    rows = [row(), row("shadow", "002", team_id="growth"), row("shadow", "003", role="operator")]
    assert buffer_of(segment(), Month(2026, 10), rows).scheme_id == "003"
    assert buffer_of(segment(), Month(2026, 10), rows[:2]).scheme_id == "002"
    assert buffer_of(segment(), Month(2026, 10), [row(role="editor")]) is None


def test_whole_days_only():
    found = buffer_of(segment(), Month(2026, 10), [row()])
    assert (found.mode, found.is_whole) == ("guarantee", True)
    assert buffer_of(segment(), Month(2026, 11), [row()]) is None
    assert not buffer_of(segment(), Quarter(2026, 4), [row()]).is_whole
    # of somebody who left in October the two months are the whole of the quarter's days
    assert buffer_of(segment(end=date(2026, 10, 16)), Quarter(2026, 4), [row()]).is_whole
    assert buffer_of(segment(scheme_id=""), Month(2026, 10), [row()]) is None
    assert buffer_of(segment(date(2026, 11, 1)), Month(2026, 10), [row()]) is None
