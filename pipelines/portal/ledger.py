"""What was done in the portal, append-only: the audit, releases, acknowledgements, objections with their attachments.

Belongs here: one SQLite file (`portal/portal.db`) whose triggers refuse every change and deletion, and the chain of the
audit: each entry carries a keyed hash (HMAC-SHA256) over its content and the hash of the entry before. Does not belong
here: what may be done (`access`), settling objections (reviews/appeals.csv). Names and figures never enter an entry.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipelines.portal.access import Stage

FOLDER = "portal"
FILE = "portal.db"
_GENESIS = "0" * 64

_SCHEMA = """
create table if not exists audit (
    number integer primary key, at text not null, who text not null, act text not null, target text not null,
    outcome text not null, detail text not null, previous text not null, hash text not null);
create table if not exists releases (
    period text not null, revision integer not null, stage integer not null, manifest_sha256 text not null,
    by text not null, at text not null, primary key (period, revision, stage));
create table if not exists acknowledgements (
    period text not null, revision integer not null, person_id text not null, at text not null,
    primary key (period, revision, person_id));
create table if not exists objections (
    period text not null, revision integer not null, person_id text not null, kpi_id text not null,
    filed_on text not null, category text not null, attachment text not null, attachment_sha256 text not null,
    primary key (period, person_id, kpi_id, filed_on));
"""
_TABLES = ("audit", "releases", "acknowledgements", "objections")
_APPEND_ONLY = "".join(
    f"create trigger if not exists {table}_{verb} before {verb} on {table} "
    f"begin select raise(abort, '{table} is append-only'); end;\n"
    for table in _TABLES
    for verb in ("update", "delete")
)


class BrokenChainError(Exception):
    """The audit does not continue what was written before; the message says from which entry on."""


class TwiceError(Exception):
    """A second objection of a person to the same line on the same day."""


@dataclass(frozen=True)
class Entry:
    """One entry of the audit.

    Attributes:
        at: the moment, ISO 8601 in UTC.
        who: the account, or what stands for nobody known.
        act: such as `download`, `login`, `release`.
        target: what it was about: a path of the portal or a file of a revision.
        outcome: `done` or `refused`.
        detail: what else matters, such as a hash or a purpose.
    """

    at: str
    who: str
    act: str
    target: str
    outcome: str
    detail: dict[str, str]


@dataclass(frozen=True)
class Release:
    """One step of a release: to whom, by whom, when; it holds for the manifest that it names."""

    stage: Stage
    manifest_sha256: str
    by: str
    at: str


@dataclass(frozen=True)
class Objection:
    """What the portal keeps of an objection beside its row in reviews/appeals.csv."""

    period: str
    revision: int
    person_id: str
    kpi_id: str
    filed_on: str
    category: str
    attachment: str = ""
    attachment_sha256: str = ""


def _now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """The records of the portal of one company folder.

    Args:
        home: the company folder.
        key: the portal's key, which the chain of the audit is keyed with.
        now: the clock.
    """

    def __init__(self, home: Path, key: bytes, now: Callable[[], datetime] = _now):
        self._path = home / FOLDER / FILE
        self._key = key
        self._now = now
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        self._path.parent.chmod(0o700)
        if not self._path.exists():
            os.close(os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(self._path, timeout=30)) as database:
            database.execute("pragma journal_mode = wal")
            database.executescript(_SCHEMA + _APPEND_ONLY)

    def write(self, who: str, act: str, target: str, outcome: str = "done", **detail: str) -> None:
        """Add an entry to the audit; when this fails, what it tells of must not happen."""
        with self._open() as database:
            self._append(database, who, act, target, outcome, detail)

    def write_all(self, who: str, done: Iterable[tuple[str, str, dict[str, str]]]) -> None:
        """Add an entry for each (act, target, detail) of one request: all of them or none."""
        with self._open() as database:
            for act, target, detail in done:
                self._append(database, who, act, target, "done", detail)

    def release(self, period: str, revision: int, stage: Stage, manifest_sha256: str, by: str) -> bool:
        """Show a revision to one stage more; what was shown stays shown.

        Returns:
            False when it had been shown to that stage already.
        """
        with self._open() as database:
            values = (period, revision, int(stage), manifest_sha256, by, self._stamp())
            done = database.execute("insert or ignore into releases values (?, ?, ?, ?, ?, ?)", values).rowcount == 1
            if done:
                detail = {"stage": stage.name.lower(), "manifest_sha256": manifest_sha256}
                self._append(database, by, "release", f"{period}/r{revision}", "done", detail)
        return done

    def releases(self, period: str, revision: int) -> list[Release]:
        """The steps by which a revision was shown, in order."""
        with self._open() as database:
            rows = database.execute(
                "select stage, manifest_sha256, by, at from releases where period = ? and revision = ? order by stage",
                (period, revision),
            ).fetchall()
        return [Release(Stage(stage), sha256, by, at) for stage, sha256, by, at in rows]

    def acknowledge(self, period: str, revision: int, person_id: str, who: str) -> bool:
        """Note that a person has seen the own card; the first time counts.

        Returns:
            False when it had been noted already.
        """
        with self._open() as database:
            values = (period, revision, person_id, self._stamp())
            done = database.execute("insert or ignore into acknowledgements values (?, ?, ?, ?)", values).rowcount == 1
            if done:
                self._append(database, who, "acknowledge", f"{period}/r{revision}/{person_id}", "done", {})
        return done

    def acknowledged(self, period: str, revision: int) -> dict[str, str]:
        """Who has acknowledged a revision, and when."""
        with self._open() as database:
            rows = database.execute(
                "select person_id, at from acknowledgements where period = ? and revision = ?", (period, revision)
            ).fetchall()
        return dict(rows)

    def object(self, objection: Objection, who: str, write: Callable[[], None]) -> None:
        """Note an objection and write its row; what fails in writing leaves no note.

        Args:
            objection: what the portal keeps of it.
            who: the account.
            write: writes the row into reviews/appeals.csv.

        Raises:
            TwiceError: when the person has objected to the same line on the same day.
        """
        one = objection
        with self._open() as database:
            values = (
                *(one.period, one.revision, one.person_id, one.kpi_id, one.filed_on, one.category),
                *(one.attachment, one.attachment_sha256),
            )
            try:
                database.execute("insert into objections values (?, ?, ?, ?, ?, ?, ?, ?)", values)
            except sqlite3.IntegrityError as error:
                raise TwiceError from error
            target = f"{one.period}/r{one.revision}/{one.person_id}"
            detail = {"kpi_id": one.kpi_id, "category": one.category, "attachment_sha256": one.attachment_sha256}
            self._append(database, who, "object", target, "done", detail)
            write()

    def objections(self) -> list[Objection]:
        """Every objection that was filed in the portal, the earliest first."""
        with self._open() as database:
            rows = database.execute("select * from objections order by filed_on, period, person_id, kpi_id").fetchall()
        return [Objection(*row) for row in rows]

    def entries(self) -> Iterator[Entry]:
        """The audit, the earliest entry first.

        Raises:
            BrokenChainError: at the first entry that does not continue the one before.
        """
        with self._open() as database:
            rows = database.execute(
                "select number, at, who, act, target, outcome, detail, previous, hash from audit order by number"
            ).fetchall()
        previous = _GENESIS
        for expected, (number, at, who, act, target, outcome, detail, before, found) in enumerate(rows, 1):
            told = (at, who, act, target, outcome, detail)
            if number != expected or before != previous or found != self._hash(number, told, previous):
                raise BrokenChainError(f"entry {expected} of {len(rows)} was changed, added or removed")
            previous = found
            yield Entry(at, who, act, target, outcome, json.loads(detail))

    def verify(self) -> tuple[int, str]:
        """Check the chain, and that each release, acknowledgement and objection has its entry.

        Returns:
            How many entries there are, and the hash of the last one; note it elsewhere, and a shortened audit shows.

        Raises:
            BrokenChainError: saying what does not hold.
        """
        told: dict[str, list[str]] = {"release": [], "acknowledge": [], "object": []}
        for entry in self.entries():
            if entry.act in told and entry.outcome == "done":
                told[entry.act].append(entry.target)
        with self._open() as database:
            last = database.execute("select number, hash from audit order by number desc limit 1").fetchone()
            kept = {
                "release": "select period || '/r' || revision from releases",
                "acknowledge": "select period || '/r' || revision || '/' || person_id from acknowledgements",
                "object": "select period || '/r' || revision || '/' || person_id from objections",
            }
            for act, query in kept.items():
                if sorted(target for (target,) in database.execute(query)) != sorted(told[act]):
                    raise BrokenChainError(f"the records of `{act}` are not those that the audit tells of")
        return last or (0, _GENESIS)

    def _append(
        self, database: sqlite3.Connection, who: str, act: str, target: str, outcome: str, detail: dict[str, str]
    ) -> None:
        number, previous = database.execute(
            "select number, hash from audit order by number desc limit 1"
        ).fetchone() or (
            0,
            _GENESIS,
        )
        told = (self._stamp(), who, act, target, outcome, json.dumps(detail, ensure_ascii=False, sort_keys=True))
        digest = self._hash(number + 1, told, previous)
        database.execute("insert into audit values (?, ?, ?, ?, ?, ?, ?, ?, ?)", (number + 1, *told, previous, digest))

    def _hash(self, number: int, told: tuple[str, ...], previous: str) -> str:
        message = json.dumps([number, *told, previous], ensure_ascii=False).encode("utf-8", "surrogatepass")
        return hmac.new(self._key, message, hashlib.sha256).hexdigest()

    def _stamp(self) -> str:
        return self._now().astimezone(UTC).isoformat(timespec="seconds")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection of this thread, in one transaction that is the only one that writes."""
        with closing(sqlite3.connect(self._path, timeout=30, isolation_level=None)) as database:
            database.execute("pragma synchronous = full")
            database.execute("begin immediate")
            try:
                yield database
            except BaseException:
                if database.in_transaction:
                    database.execute("rollback")
                raise
            if database.in_transaction:
                database.execute("commit")
