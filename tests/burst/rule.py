"""The rule itself over simulated streams: the very macros of the dbt project, rendered without dbt.

Belongs here: rendering, and the order in which the relations are made. Does not belong here: any part of the rule; that
is in dbt_project/macros/followers/burst_guard.sql.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import jinja2

from .streams import Streams

PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
_MACROS = ("macros/engine/rolling.sql", "macros/followers/burst_guard.sql")


class _Adapter:
    """What `adapter.dispatch` does in dbt, for DuckDB."""

    def __init__(self) -> None:
        self.module: Any = None

    def dispatch(self, name: str) -> Any:
        return lambda *arguments: getattr(self.module, f"duckdb__{name}")(*arguments)


def macros() -> Any:
    """The guard's macros as Python functions that return SQL."""
    adapter = _Adapter()
    environment = jinja2.Environment(autoescape=False, undefined=jinja2.StrictUndefined)
    environment.globals.update(adapter=adapter, **{"return": lambda text: text})
    text = "\n".join((PROJECT / name).read_text(encoding="utf-8") for name in _MACROS)
    # a nested macro finds `adapter` among the globals, and the module of the whole text behind it
    adapter.module = environment.from_string(text).module
    return adapter.module


def judged(streams: Streams, **changed: float) -> duckdb.DuckDBPyConnection:
    """A database with the relations of the rule over the streams: days, volume, alarms, clusters, members, windows.

    `changed` replaces thresholds, for tuning and for tests that break the rule.
    """
    guard = macros()
    connection = duckdb.connect()
    connection.execute("set threads = 2; set preserve_insertion_order = false")
    seed = PROJECT / "seeds" / "burst_thresholds.csv"
    connection.execute(f"create table thresholds as select * from read_csv('{seed}')")
    for name, value in changed.items():
        connection.execute(f"update thresholds set {name} = {value}")
    for name in ("follows", "impressions"):
        connection.register("incoming", getattr(streams, name))
        connection.execute(f"create table {name} as select * from incoming")
        connection.unregister("incoming")
    connection.execute(
        """
        create table spine as
        select accounts.account_id, cast(days.day as date) as day
        from (select distinct account_id from follows) as accounts
        cross join (select unnest(range(min(followed_on), max(followed_on) + 1, interval 1 day)) as day from follows)
            as days
        """
    )
    steps = {
        "days": guard.burst_follow_days("follows", "impressions", "thresholds", "spine"),
        "volume": guard.burst_volume("days"),
        "unexplained": guard.burst_unexplained("volume", "thresholds"),
        "purges": guard.burst_purges("volume", "thresholds"),
        "fled": guard.burst_fled("follows", "days", "volume", "thresholds"),
        "alarms": guard.burst_alarms("volume", "thresholds"),
        "clusters": guard.burst_clusters("follows", "thresholds"),
        "members": guard.burst_cluster_members("follows", "clusters"),
        "windows": guard.burst_windows("days", "alarms", "members", "thresholds"),
    }
    for name, sql in steps.items():
        connection.execute(f"create table {name} as {sql}")
    return connection
