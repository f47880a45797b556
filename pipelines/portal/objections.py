"""Objections: from the form of a person to a row of reviews/appeals.csv, with its attachment beside.

Belongs here: what a form may say, the words of the row, the deadline, the writing under the home's lock. Does not
belong here: who may object (`access`), deciding (people, in the same file), recomputing (a later run).
"""

from __future__ import annotations

import os
import time
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from pipelines.company.appending import with_row
from pipelines.company.human_files import human_file
from pipelines.company.templates import csv_template
from pipelines.periods import Calendar
from pipelines.portal.ledger import FOLDER, Ledger, Objection
from pipelines.scorecards.store import sha256_bytes
from pipelines.scorecards.tables import safe_text
from pipelines.texts import text
from pipelines.warehouse.layout import Layout
from pipelines.warehouse.lock import home_lock

CATEGORIES = ("wrong_data", "missing_credit", "target", "calculation", "other")
LEAST_WORDS = 10
LONGEST_WORDS = 2000
LONGEST_EXPECTED = 200
#: What a file begins with -> its suffix and media type; the name that it was sent under is never used.
_KINDS = {
    b"%PDF-": (".pdf", "application/pdf"),
    b"\x89PNG\r\n\x1a\n": (".png", "image/png"),
    b"\xff\xd8\xff": (".jpg", "image/jpeg"),
}
MEDIA_TYPES = dict(_KINDS.values())
#: Marks that turn the direction of what follows; a reader of the file must see what was written.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_TRIES = 20
_PAUSE = 0.25


class BusyError(Exception):
    """A run is writing to the company folder; the form is to be sent again in a while."""


@dataclass(frozen=True)
class Form:
    """What a person filled in.

    Attributes:
        kpi_id: the KPI of the card; empty for the whole card.
        category: of `CATEGORIES`.
        words: what is wrong, in the person's words.
        expected: what the person holds right; may be empty.
        attachment: the bytes of a file; empty for none.
    """

    kpi_id: str = ""
    category: str = ""
    words: str = ""
    expected: str = ""
    attachment: bytes = field(default=b"", repr=False)


def tidy(told: str) -> str:
    """Return typed text as one line without control characters and turning marks."""
    kept = "".join(
        " " if unicodedata.category(one) in ("Cc", "Zl", "Zp") else one
        for one in unicodedata.normalize("NFC", told)
        if one not in _TURNING and unicodedata.category(one) != "Cs"
    )
    return " ".join(kept.split())


def problems(form: Form, kpis: frozenset[str], attachment_megabytes: int) -> list[tuple[str, dict[str, object]]]:
    """Return what is wrong with a form, as keys of texts with their values, in the order of its fields.

    Args:
        form: what was filled in, tidied.
        kpis: the KPIs of the card.
        attachment_megabytes: the largest file.
    """
    found: list[tuple[str, dict[str, object]]] = []
    if form.kpi_id and form.kpi_id not in kpis:
        found.append(("portal.objection.problem.kpi", {}))
    if form.category not in CATEGORIES:
        found.append(("portal.objection.problem.category", {}))
    if not LEAST_WORDS <= len(form.words) <= LONGEST_WORDS:
        limits: dict[str, object] = {"least": LEAST_WORDS, "longest": LONGEST_WORDS, "length": len(form.words)}
        found.append(("portal.objection.problem.words", limits))
    if len(form.expected) > LONGEST_EXPECTED:
        found.append(("portal.objection.problem.expected", {"longest": LONGEST_EXPECTED}))
    if len(form.attachment) > attachment_megabytes * 1024 * 1024:
        found.append(("portal.objection.problem.large", {"megabytes": attachment_megabytes}))
    elif form.attachment and not suffix_of(form.attachment):
        found.append(("portal.objection.problem.kind", {}))
    return found


def suffix_of(attachment: bytes) -> str:
    """Return the suffix of an attachment by what it begins with; empty for a kind that is not taken."""
    return next((suffix for start, (suffix, _) in _KINDS.items() if attachment.startswith(start)), "")


def last_day(shown_on: date, working_days: int, calendar: Calendar) -> date:
    """Return the last day on which a person may object: so many working days after the card was shown."""
    day, left = shown_on, working_days
    while left:
        day += timedelta(days=1)
        left -= calendar.is_working(day)
    return day


def row_of(period: str, person_id: str, form: Form, filed_on: date, attachment: str, lang: str) -> dict[str, str]:
    """Return the row of reviews/appeals.csv, in the company's language; no spreadsheet takes it for a formula."""
    told = [
        text("portal.objection.row", lang, category=text(f"portal.category.{form.category}", lang), words=form.words)
    ]
    if form.expected:
        told.append(text("portal.objection.row.expected", lang, expected=form.expected))
    if attachment:
        told.append(text("portal.objection.row.attachment", lang, file=attachment))
    return {
        "period": period,
        "person_id": person_id,
        "kpi_id": form.kpi_id,
        "what": safe_text(" ".join(told)),
        "filed_on": filed_on.isoformat(),
        "outcome": "open",
    }


def file_objection(
    home: Path,
    ledger: Ledger,
    who: str,
    period: str,
    revision: int,
    person_id: str,
    form: Form,
    filed_on: date,
    lang: str,
) -> None:
    """Write an objection: its attachment, its row in reviews/appeals.csv, its record in the ledger; all or nothing.

    Raises:
        BusyError: when a run holds the folder for longer than a person waits.
        InputError: when reviews/appeals.csv cannot take the row; such as a second one on the same day and KPI.
    """
    entry = human_file("appeals")
    path = home / entry.path
    digest = sha256_bytes(form.attachment) if form.attachment else ""
    kept = f"{FOLDER}/attachments/{period}/{digest[:32]}{suffix_of(form.attachment)}" if digest else ""
    row = row_of(period, person_id, form, filed_on, kept, lang)
    record = Objection(period, revision, person_id, form.kpi_id, filed_on.isoformat(), form.category, kept, digest)

    def write() -> None:
        content = path.read_bytes() if path.is_file() else csv_template(entry).encode("utf-8-sig")
        added = with_row(content, entry, row, lang)
        if kept:
            _write(home / kept, form.attachment, 0o600)
        mode = path.stat().st_mode & 0o777 if path.is_file() else 0o644
        _write(path, added, mode)

    for attempt in range(_TRIES):
        try:
            with home_lock(Layout(home), _busy):
                ledger.object(record, who, write)
            return
        except BusyError:
            if attempt + 1 == _TRIES:
                raise
            time.sleep(_PAUSE)


def _busy() -> None:
    raise BusyError


def _write(path: Path, data: bytes, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())
    draft.replace(path)
