"""How private data is protected: which columns of which exports are masked, which folders others may enter.

Belongs here: facts for the declaration on the data-quality certificate, from the specs by which landing works and from
the folders as they are now. Does not belong here: the masking itself (normalise), its words (`texts.certificate`).
"""

from __future__ import annotations

import stat
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.company.keys import KEY_FILE
from pipelines.company.templates import PRIVATE_FOLDERS
from pipelines.sources.registry import ALL_SPECS
from pipelines.sources.spec import SourceSpec

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class MaskedSource:
    """What landing keeps of the private columns of one source (canonical names, in the order of the export).

    Attributes:
        spec_id: the source.
        keyed: columns whose values become keyed hashes.
        features: message texts, of which only kind, signature, length and two hashes are kept.
        filled: columns of which only whether they are filled is kept.
        dropped: headers whose values are never landed.
    """

    spec_id: str
    keyed: tuple[str, ...]
    features: tuple[str, ...]
    filled: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True)
class Protection:
    """The declaration: masked sources by id, and private places that others than their owner may enter, with modes."""

    sources: tuple[MaskedSource, ...]
    open_places: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON types."""
        return {
            "sources": [{name: _plain(value) for name, value in vars(one).items()} for one in self.sources],
            "open_places": [{"place": place, "mode": mode} for place, mode in self.open_places],
        }


def _plain(value: str | tuple[str, ...]) -> str | list[str]:
    return value if isinstance(value, str) else list(value)


def protection(home: Path, spec_ids: Collection[str]) -> Protection:
    """Return how the data of some sources is protected in a company folder.

    Args:
        home: the company folder; its private folders and its key file are looked at.
        spec_ids: the sources that a period was computed from.
    """
    masked = (_masked(spec) for spec in ALL_SPECS if spec.id in spec_ids)
    sources = tuple(
        sorted(
            (one for one in masked if one.keyed or one.features or one.filled or one.dropped),
            key=lambda one: one.spec_id,
        )
    )
    return Protection(sources, open_places(home))


def open_places(home: Path) -> tuple[tuple[str, str], ...]:
    """Return the private folders and the key file that others may enter or read, with their modes such as `0755`."""
    found = []
    for name in sorted((*PRIVATE_FOLDERS, KEY_FILE.as_posix())):
        place = home / name
        # a link of a publication points into a build; what it points to is what others would read
        if place.exists() and place.stat().st_mode & _OTHERS:
            found.append((name, f"{stat.S_IMODE(place.stat().st_mode):04o}"))
    return tuple(found)


def _masked(spec: SourceSpec) -> MaskedSource:
    return MaskedSource(
        spec.id,
        keyed=tuple(column.name for column in spec.columns if column.pseudonymise),
        features=tuple(column.name for column in spec.columns if column.kind == "text"),
        filled=tuple(column.name for column in spec.columns if column.kind == "filled"),
        dropped=spec.ignored,
    )
