"""Which files of a sealed revision go to whom in one archive, by the portal's one rule of access.

Belongs here: the parcels of HR, of a manager, of a person; the archive read through the shelf. Does not belong here:
the archive itself (`scorecards.zipped`), HTTP (`files`), the audit.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import IO

from pipelines.company.findings import Finding, InputError
from pipelines.periods import OPEN_END, parse_period
from pipelines.portal.access import PERSON as PERSON_ROLE
from pipelines.portal.access import Asked, Line, Stage, Viewer, manages
from pipelines.portal.facts import Facts, read_facts
from pipelines.portal.sealed import AlteredError, Revision, Shelf
from pipelines.scorecards.editions import MANIFEST_FILE
from pipelines.scorecards.errors import IntegrityError
from pipelines.scorecards.signing import SIGNATURE_FILE
from pipelines.scorecards.zipped import HR, MANAGER, PERSON, Parcel, write_parcel


def parcel_of_hr(revision: Revision) -> Parcel:
    """Everything that was sealed, the manifest, and its signature where the company signs."""
    signed = [SIGNATURE_FILE] if (revision.seal.folder / SIGNATURE_FILE).is_file() else []
    return _parcel(revision, HR, "", [*revision.files, MANIFEST_FILE, *signed])


def parcel_of_person(revision: Revision, person_id: str) -> Parcel:
    """The person's own card in all of its files."""
    return _parcel(revision, PERSON, person_id, revision.files_of(person_id))


def parcel_of_manager(revision: Revision, person_id: str, facts: Facts) -> Parcel:
    """The cards of the manager's reports, as the portal would show them; not the manager's own."""
    lines = tuple(
        Line(line.person_id, line.valid_from, line.valid_to or OPEN_END)
        for line in facts.lines
        if line.manager_id == person_id
    )
    viewer = Viewer(person_id, frozenset({PERSON_ROLE}), lines)
    files: list[str] = []
    for report in revision.people():
        person = facts.people.get(report)
        asked = Asked(revision.period, Stage.MANAGERS, report, person.window if person else None)
        if manages(viewer, asked):
            files += revision.files_of(report)
    return _parcel(revision, MANAGER, person_id, files)


def write(shelf: Shelf, revision: Revision, parcel: Parcel) -> IO[bytes]:
    """Return the archive, open; every file of it was compared with the seal first.

    Raises:
        AlteredError: when any file differs from the seal; nothing is given out then.
    """

    def read(name: str) -> bytes:
        if name == SIGNATURE_FILE:
            return (revision.seal.folder / SIGNATURE_FILE).read_bytes()
        return shelf.manifest(revision) if name == MANIFEST_FILE else shelf.read(revision, name)

    return write_parcel(parcel, read)


def save(home: Path, period: str, audience: str, folder: Path) -> tuple[Path, Parcel]:
    """Write the archive of the newest sealed revision of a period for an audience into a folder.

    Args:
        home: the company folder.
        period: the period.
        audience: `hr`, `manager:ID` or `person:ID`.
        folder: where the archive is put; one of the same name is replaced.

    Returns:
        The file and what is in it.

    Raises:
        InputError: nothing is sealed, an audience that is none, a person without a card, a manager without reports.
        IntegrityError: when a file differs from its seal.
    """
    shelf = Shelf(home)
    try:
        revisions = shelf.revisions(parse_period(period))
        if not revisions:
            raise _refused(
                f"seals/{period}", "nothing is sealed for this period", f"`scorecards seal {period}` comes first"
            )
        parcel = _chosen(home, revisions[0], audience)
        with write(shelf, revisions[0], parcel) as archive:
            data = archive.read()
    except AlteredError as error:
        raise IntegrityError(
            f"{error}; `scorecards verify {period}` names every such file. Nothing is written"
        ) from error
    target = folder / f"{parcel.name}.zip"
    # a file of its own, readable by its owner alone, whatever lies or is linked in the folder
    handle, staged = tempfile.mkstemp(prefix=f".{parcel.name}.", suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(staged).replace(target)
    except OSError:
        Path(staged).unlink(missing_ok=True)
        raise
    return target, parcel


def _chosen(home: Path, revision: Revision, audience: str) -> Parcel:
    kind, _, person = audience.partition(":")
    if kind == HR and not person:
        return parcel_of_hr(revision)
    if kind == PERSON and person:
        parcel = parcel_of_person(revision, person)
    elif kind == MANAGER and person:
        parcel = parcel_of_manager(revision, person, _facts(home))
    else:
        raise _refused("--for", "no audience is called so", "Use hr, manager:ID or person:ID", audience)
    if not parcel.files:
        where = f"scorecards/{revision.period}/{revision.label}"
        if kind == PERSON:
            raise _refused(where, "nobody with this id has a card here", "Use an id of people/people.csv", person)
        raise _refused(
            where,
            "no card here is of somebody who reported to this id in every month of the period",
            "Check people/reporting_lines.csv",
            person,
        )
    return parcel


def _facts(home: Path) -> Facts:
    """The company, where every file that says who reports to whom can be read."""
    facts = read_facts(home)
    unread = [file for file in facts.broken if file.startswith("people/") or file == "*.xlsx"]
    if unread:
        raise _refused(
            unread[0], "this file cannot be read, so nobody's reports are known", "`scorecards run` names its defects"
        )
    return facts


def _parcel(revision: Revision, audience: str, person_id: str, files: list[str]) -> Parcel:
    return Parcel(
        str(revision.period), revision.label, audience, person_id, tuple(files), revision.seal.manifest_sha256
    )


def _refused(file: str, problem: str, mend: str, value: str = "") -> InputError:
    return InputError([Finding(file=file, value=value, problem=problem, mend=mend)])
