"""Events of platforms, peers and their readings: sound rows load, and every defect has file, row, column and mend."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.company import Finding, load_company
from pipelines.company.platform_records import peer_name
from pipelines.periods import Month

KPIS = frozenset({"impressions", "engagement_rate_followers", "net_follower_growth"})
ROWS = {
    "reviews/platform_events.csv": (
        "X,2026-10-05,,Algorithm,net_follower_growth；impressions,feed ranks replies lower,https://x.example/a,li,"
        "2026-10-06\n"
        ",2026-07-01,2026-08-01,market,,holiday slump,report 7,chen,2026-08-02\n"
    ),
    "people/peers.csv": ("x,@Peer_One,,2026-01-05,chen,,same topics\nx,peer_two,content,2026-01-05,chen,2026-10-15,\n"),
    "reviews/peer_readings.csv": "2026-10,x,peer_one,impressions,1200.5,public page\n",
}


@pytest.fixture
def watched(home: Path) -> Path:
    """The sound company with two events, two peers and a reading."""
    for name, rows in ROWS.items():
        path = home / name
        path.write_text(path.read_text(encoding="utf-8-sig") + rows, encoding="utf-8")
    return home


@pytest.mark.req("000-G2", "003-G12")
def test_sound_rows_load_as_they_are_meant(watched: Path) -> None:
    company = load_company(watched, kpi_ids=KPIS)
    first, second = company.platform_events
    assert (first.platform, first.kind, first.kpi_ids) == (
        "x",
        "algorithm",
        ("impressions", "net_follower_growth"),
    )
    assert (second.platform, second.kpi_ids, second.window) == ("", (), (date(2026, 7, 1), date(2026, 8, 1)))
    assert [peer_name(peer.peer_id) for peer in company.peers] == ["peer_one", "peer_two"]
    assert [(row.month, row.value) for row in company.peer_readings] == [(Month(2026, 10), Decimal("1200.5"))]


EVENTS, PEERS, READINGS = ROWS
DEFECTS = [
    (EVENTS, ("Algorithm", "weather"), "kind", "weather", "algorithm, definition"),
    (EVENTS, ("；impressions", "；impresions"), "kpis", "impresions", "nearest is impressions"),
    (EVENTS, ("X,2026-10-05", "weibo,2026-10-05"), "platform", "weibo", "add the account to people/accounts.csv"),
    (EVENTS, ("2026-10-05,,", "2026-10-05,2026-10-05,"), "happened_to", "2026-10-05", "does not lie after"),
    (EVENTS, ("https://x.example/a", ""), "source", "", "is empty"),
    (EVENTS, (",li,2026-10-06", ",wangg,2026-10-06"), "logged_by", "wangg", "nearest is wang"),
    (PEERS, ("2026-01-05,chen,,same", "2026-01-05,li,,same"), "registered_by", "li", "not listed under approvers"),
    (PEERS, ("peer_two,content", "peer_two,contents"), "team_id", "contents", "nearest is content"),
    (PEERS, ("x,@Peer_One", "y,@Peer_One"), "platform", "y", "is on this platform"),
    (PEERS, ("2026-01-05,chen,2026-10-15", "2026-11-05,chen,2026-10-15"), "ended_on", "2026-10-15", "does not lie"),
    (READINGS, ("peer_one,", "peer_one1,"), "peer_id", "peer_one1", "register the peer in people/peers.csv"),
    (READINGS, (",impressions,", ",impression,"), "kpi_id", "impression", "nearest is impressions"),
    (READINGS, ("1200.5", "about 1200"), "value", "about 1200", "write"),
    (READINGS, ("public page", ""), "source", "", "is empty"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "replaced", "column", "value", "said"), DEFECTS)
def test_a_defect_is_told_with_its_place_and_mend(
    watched: Path, findings_of: Callable[..., list[Finding]], file: str, replaced: tuple[str, str], column: str,
    value: str, said: str,
) -> None:  # fmt: skip
    found = [one for one in findings_of(file, replace=replaced) if one.file == file]
    (finding,) = found
    lines = (watched / file).read_text(encoding="utf-8").splitlines()
    assert finding.row in [n for n, line in enumerate(lines, 1) if not line.startswith("#")][1:]
    assert (finding.column, str(finding.value)) == (column, value)
    assert said in f"{finding.problem}; {finding.mend}"
    assert finding.mend


@pytest.mark.parametrize("file", ROWS)
def test_the_same_row_twice_is_told(watched: Path, findings_of: Callable[..., list[Finding]], file: str) -> None:
    (finding,) = findings_of(file, append=ROWS[file].splitlines(keepends=True)[0])
    assert "stands in row" in finding.problem
    assert finding.mend == "keep one of the two rows"
