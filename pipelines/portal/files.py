"""Sealed files and attachments, sent as what they are and nothing more.

Belongs here: one file of a revision, the archive of a revision, one attachment; each compared with its record before a
byte is sent, and noted in the audit. Does not belong here: pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from starlette.responses import Response, StreamingResponse

from pipelines.portal.access import Act
from pipelines.portal.guard import FILE_POLICY
from pipelines.portal.objections import MEDIA_TYPES, tidy
from pipelines.portal.parcels import parcel_of_hr, write
from pipelines.portal.sealed import AlteredError
from pipelines.portal.web import NotThereError, RefusedError, Visit
from pipelines.scorecards.editions import MANIFEST_FILE
from pipelines.scorecards.store import sha256_bytes

_KINDS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LEAST_PURPOSE = 5
LONGEST_PURPOSE = 300
_CHUNK = 64 * 1024


def sealed_file(visit: Visit) -> Response:
    """Send one file of a sealed revision: a card to whom it may show, everything else to HR."""
    revision = visit.revision()
    name = visit.request.path_params["name"]
    if name == MANIFEST_FILE:
        visit.require(Act.SEE_LISTS, revision)
        data = visit.portal.shelf.manifest(revision)
    else:
        entry = revision.files.get(name)
        if entry is None:
            raise NotThereError
        person = str(entry.get("person_id", ""))
        visit.require(Act.SEE_CARD if person else Act.SEE_LISTS, revision, person)
        data = visit.portal.shelf.read(revision, name)
    target = f"{revision.period}/{revision.label}/{name}"
    visit.portal.ledger.write(visit.who, "download", target, sha256=sha256_bytes(data))
    suffix = name.rpartition(".")[2]
    return _sent(data, name, _KINDS.get(suffix, "application/octet-stream"), shown=suffix == "html")


def bundle(visit: Visit) -> Response:
    """Send all files of a revision to HR, who says what for; the audit names every file."""
    revision = visit.revision()
    visit.require(Act.BUNDLE, revision)
    purpose = tidy(visit.field("purpose"))
    if not LEAST_PURPOSE <= len(purpose) <= LONGEST_PURPOSE:
        raise RefusedError(422, "purpose")
    parcel = parcel_of_hr(revision)
    archive = write(visit.portal.shelf, revision, parcel)
    sha256 = revision.seal.manifest_sha256
    visit.portal.ledger.write_all(
        visit.who,
        [("bundle", f"{revision.period}/{revision.label}", {"purpose": purpose, "manifest_sha256": sha256})]
        + [
            ("download", f"{revision.period}/{revision.label}/{file}", {"in": "bundle", "sha256": entry["sha256"]})
            for file, entry in sorted(revision.files.items())
        ],
    )
    return StreamingResponse(
        _pieces(archive), media_type="application/zip", headers=_headers(f"{parcel.name}.zip", shown=False)
    )


def attachment(visit: Visit) -> Response:
    """Send what a person attached to an objection: to HR, and to whoever attached it."""
    viewer = visit.known
    digest = visit.request.path_params["sha256"]
    for one in visit.portal.ledger.objections():
        own = bool(viewer.person_id) and one.person_id == viewer.person_id
        if one.attachment_sha256 != digest or not (own or "hr" in viewer.roles):
            continue
        try:
            data = (visit.portal.home / one.attachment).read_bytes()
        except OSError as error:
            raise AlteredError(one.attachment) from error
        if sha256_bytes(data) != digest:
            raise AlteredError(one.attachment)
        visit.portal.ledger.write(visit.who, "download", one.attachment, sha256=digest)
        suffix = "." + one.attachment.rpartition(".")[2]
        name = f"{one.period}_{one.person_id}_objection{suffix}"
        return _sent(data, name, MEDIA_TYPES.get(suffix, "application/octet-stream"), shown=False)
    raise NotThereError


def _sent(data: bytes, name: str, kind: str, *, shown: bool) -> Response:
    return Response(data, headers={"content-type": kind, **_headers(name, shown=shown)})


def _headers(name: str, *, shown: bool) -> dict[str, str]:
    from urllib.parse import quote

    place = "inline" if shown else "attachment"
    return {
        "content-disposition": f"{place}; filename*=UTF-8''{quote(name)}",
        "content-security-policy": FILE_POLICY,
    }


def _pieces(archive: IO[bytes]) -> Iterator[bytes]:
    with archive:
        while piece := archive.read(_CHUNK):
            yield piece
