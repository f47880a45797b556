"""Rules over events of platforms, peers and their readings, and the rest of the folder.

Belongs here: platforms, KPIs, teams and peers that do not exist, who may register a peer. Does not belong here: what
one row alone can violate (`company.platform_records`), whether a peer counts (`pipelines.scoring.shocks`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipelines.company.collector import Collector
from pipelines.company.fields import nearest
from pipelines.company.human_files import human_file
from pipelines.company.model import HumanTables
from pipelines.company.platform_records import peer_name


def check_platforms(
    tables: HumanTables,
    kpi_ids: Collection[str] | None,
    teams: Collection[str] | None,
    approvers: Sequence[str] | None,
    unreadable: Collection[str],
    collector: Collector,
) -> None:
    """Check events, peers and their readings.

    Args:
        tables: the rows that could be read.
        kpi_ids: the KPIs of the catalogue; None when there is none to compare with.
        teams: the teams that positions name; None when these could not be read.
        approvers: of company.yaml; None when it could not be read.
        unreadable: the files whose rows could not be judged.
        collector: takes the findings.
    """
    if "accounts" not in unreadable:
        _check_platform_names(tables, collector)
    if kpi_ids is not None:
        _check_kpis(tables, kpi_ids, collector)
    path = human_file("peers").path
    for row in tables.peers:
        if approvers is not None and row.registered_by not in approvers:
            listed = ", ".join(approvers)
            collector.add("not_an_approver", path, row.source_row, "registered_by", row.registered_by, approvers=listed)
        if teams is not None and row.team_id and row.team_id not in teams:
            near = nearest(row.team_id, set(teams))
            collector.add("unknown_team", path, row.source_row, "team_id", row.team_id, nearest=near)
    if "peers" not in unreadable:
        _check_readings(tables, collector)


def _check_platform_names(tables: HumanTables, collector: Collector) -> None:
    """A platform without an account of the company is a slip of the pen: its event would touch nobody, silently."""
    known = {account.platform for account in tables.accounts}
    for name in ("platform_events", "peers"):
        for row in getattr(tables, name):
            if row.platform and row.platform not in known:
                near = nearest(row.platform, known)
                path = human_file(name).path
                collector.add("unknown_platform", path, row.source_row, "platform", row.platform, nearest=near)


def _check_kpis(tables: HumanTables, kpi_ids: Collection[str], collector: Collector) -> None:
    named = [("platform_events", row.source_row, "kpis", kpi) for row in tables.platform_events for kpi in row.kpi_ids]
    named += [("peer_readings", row.source_row, "kpi_id", row.kpi_id) for row in tables.peer_readings]
    for name, row_number, column, kpi in named:
        if kpi not in kpi_ids:
            near = nearest(kpi, frozenset(kpi_ids))
            collector.add("unknown_kpi", human_file(name).path, row_number, column, kpi, nearest=near)


def _check_readings(tables: HumanTables, collector: Collector) -> None:
    """A reading of nobody's peer would be left out, and a peer without readings would not count."""
    registered = {(row.platform, peer_name(row.peer_id)) for row in tables.peers}
    names = sorted({row.peer_id for row in tables.peers})
    path = human_file("peer_readings").path
    for row in tables.peer_readings:
        if (row.platform, peer_name(row.peer_id)) not in registered:
            near = nearest(row.peer_id, names)
            collector.add(
                "unknown_peer", path, row.source_row, "peer_id", row.peer_id, nearest=near, platform=row.platform
            )
