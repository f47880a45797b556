"""Dagster's event log in SQLite with its connections kept open.

Belongs here: how events are stored. A run stores over a thousand events; Dagster's own class opens and closes a
database for each of them, which took two fifths of a run. The files and their schema are Dagster's own, so every
Dagster process reads them, whichever class it uses.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData

if TYPE_CHECKING:
    from dagster._core.events.log import EventLogEntry

# The index, the run, and the run before it: a server that shows many runs must not hold a file for each of them.
KEPT_OPEN = 3
# Events that Dagster hands over together are stored together, if it is told to hand over any: what a run plans, and
# what one asset has made in the months of a range.
_BATCH_VARIABLE, _BATCH_SIZE = "DAGSTER_EVENT_BATCH_SIZE", "1000"


class OpenSqliteEventLogStorage(SqliteEventLogStorage):
    """Dagster's SQLite event log in `$DAGSTER_HOME/history/runs`, as `dagster.yaml` names it.

    Each transaction is still committed when its event, or the batch that Dagster hands over, is stored. A commit waits
    for the disk only when SQLite moves its log into the database: a killed process loses nothing that was stored; a
    machine without power may lose the last events of the run that it kills anyway.
    """

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: OrderedDict[str, sa.Engine] = OrderedDict()
        self._batch: dict[str, sa.Connection] | None = None
        # what Dagster asks the database anew at every event, though what is there stays
        self._tables: set[str] = set()
        self._has_index_columns = False
        os.environ.setdefault(_BATCH_VARIABLE, _BATCH_SIZE)
        super().__init__(base_dir, inst_data)
        # a batch holds it while it stores its events one by one
        self._db_lock: Any = threading.RLock()

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        """No settings: a company folder can be moved, so its path stands in no file."""
        return {}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> "OpenSqliteEventLogStorage":
        """The event log where Dagster's own class would keep it."""
        return cls(str(Path(os.environ["DAGSTER_HOME"]) / "history" / "runs"), inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sa.Connection]:
        with self._db_lock:
            if self._batch is None:
                with self._engine(shard).begin() as connection:
                    yield connection
            else:
                yield self._batch[shard]

    def has_table(self, table_name: str) -> bool:
        """Whether the index has a table."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def _has_asset_key_index_cols_on_connection(self, conn: sa.Connection) -> bool:
        if not self._has_index_columns:
            self._has_index_columns = super()._has_asset_key_index_cols_on_connection(conn)
        return self._has_index_columns

    def store_event_batch(self, events: "Sequence[EventLogEntry]") -> None:
        """Store events of one run in one transaction a file: all of them or none."""
        with self._db_lock, ExitStack() as transactions:
            # what is opened last is committed first: the run's own file, and then the index of all runs
            shards = [INDEX_SHARD_NAME, *sorted({event.run_id for event in events})]
            self._batch = {shard: transactions.enter_context(self._engine(shard).begin()) for shard in shards}
            try:
                super().store_event_batch(events)
            finally:
                self._batch = None

    def _engine(self, shard: str) -> sa.Engine:
        engine = self._engines.get(shard)
        if engine is None:
            if shard not in self._initialized_dbs:
                self._initdb(sa.create_engine(self.conn_string_for_shard(shard), poolclass=sa.NullPool))
                self._initialized_dbs.add(shard)
            engine = sa.create_engine(
                self.conn_string_for_shard(shard),
                # one connection, used by one thread at a time: whoever holds the lock
                poolclass=sa.StaticPool,
                connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
            )
            sa.event.listen(engine, "connect", _do_not_wait_for_the_disk)
            self._engines[shard] = engine
            while len(self._engines) > KEPT_OPEN:
                self._engines.popitem(last=False)[1].dispose()
        self._engines.move_to_end(shard)
        return engine

    def wipe(self) -> None:
        """Remove every event; the open files go first."""
        self._close()
        self._tables.clear()
        self._has_index_columns = False
        super().wipe()

    def dispose(self) -> None:
        """Close every file."""
        self._close()
        super().dispose()

    def _close(self) -> None:
        with self._db_lock:
            while self._engines:
                self._engines.popitem()[1].dispose()


def _do_not_wait_for_the_disk(connection: Any, _record: object) -> None:
    connection.execute("pragma synchronous = normal")
