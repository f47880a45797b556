"""Where alerts go: addresses of Apprise out of environment variables and `secrets/alert_addresses`.

Belongs here: reading them, and saying what is wrong with one without ever quoting it. Does not belong here: sending.
An address holds a key: it stands in no setting, no run configuration and no log.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.texts import text

ADDRESS_FILE = Path("secrets") / "alert_addresses"


@dataclass(frozen=True)
class Address:
    """Where an alert goes, or why it cannot.

    Attributes:
        name: what a person knows it by: the variable, or the line of the file.
        url: the address; empty where there is a problem.
        problem: what is wrong with it, without the address.
    """

    name: str
    url: str = ""
    problem: str = ""

    def __repr__(self) -> str:
        """Without the address, which a log must not hold."""
        return f"Address({self.name!r}, problem={self.problem!r})"


def addresses(home: Path, variables: Sequence[str], lang: str) -> list[Address]:
    """Every address of a company: of the variables in their order, then of the file.

    The file has one a line; `#` begins a remark.
    """
    found = []
    for name in variables:
        url = os.environ.get(name, "").strip()
        found.append(Address(name, url, "" if url else text("alerts.problem.unset", lang, name=name)))
    return [*found, *_of_file(home / ADDRESS_FILE, lang)]


def _of_file(path: Path, lang: str) -> Iterator[Address]:
    name = ADDRESS_FILE.as_posix()
    if not path.is_file():
        return
    if path.stat().st_mode & 0o077:
        yield Address(name, problem=text("alerts.problem.open", lang, name=name))
        return
    for row, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        url = line.strip()
        if url and not url.startswith("#"):
            yield Address(f"{name}, row {row}", url)
