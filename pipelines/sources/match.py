"""Which source an export is: its header row against the headers every spec knows.

Belongs here: folding of headers, units in brackets, the match and the words about a near miss. Pure: no file is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipelines.sources.spec import Column, SourceSpec

_PUNCTUATION = re.compile(r"[\W_]+")
# Chinese and Japanese put a space beside Latin letters or none: 帖子 ID, 帖子ID
_WIDE = r"[\u3040-\u30ff\u3400-\u9fff]"
_WIDE_SPACE = re.compile(rf"(?<={_WIDE}) | (?={_WIDE})")
_UNIT = re.compile(r"^(?P<head>.+?)\s*[(\[](?P<unit>[^()\[\]]{1,12})[)\]]\s*$")

ExtraAliases = Mapping[str, Mapping[str, Sequence[str]]]  # spec id -> canonical column -> headers


def fold_header(header: str) -> str:
    """Return the form in which headers are compared: NFKC, casefold, punctuation and spaces as one space.

    A space beside a Chinese or Japanese character goes: nobody spells it twice alike.
    """
    folded = unicodedata.normalize("NFKC", header).casefold()
    return _WIDE_SPACE.sub("", _PUNCTUATION.sub(" ", folded).strip())


@dataclass(frozen=True)
class MatchedColumn:
    """Where a canonical column stands in the file, and what its header says of the unit."""

    column: Column
    position: int
    header: str
    factor: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True)
class HeaderMatch:
    """The reading of a header row by one spec.

    Attributes:
        spec: the spec tried.
        columns: what was recognised, in canonical order.
        missing: required canonical columns that no header names.
        twice: canonical columns that two headers name with the same right.
        unknown: headers the spec does not know, in file order.
        n_ignored: headers the spec knows and drops.
    """

    spec: SourceSpec
    columns: tuple[MatchedColumn, ...]
    missing: tuple[str, ...]
    twice: tuple[str, ...]
    unknown: tuple[str, ...]
    n_ignored: int

    @property
    def fits(self) -> bool:
        """Whether every required column is there."""
        return not self.missing

    @property
    def score(self) -> int:
        """How many headers the spec explains."""
        return len(self.columns) + self.n_ignored

    @property
    def nearness(self) -> float:
        """How near a misfit comes: headers recognised, against those and the missing ones."""
        return len(self.columns) / (len(self.columns) + len(self.missing)) if self.columns else 0.0


def match_header(headers: Sequence[str], spec: SourceSpec, extra: ExtraAliases | None = None) -> HeaderMatch:
    """Read a header row by one spec."""
    index = _alias_index(spec, _freeze((extra or {}).get(spec.id, {})))
    ignored = _folded_ignored(spec)
    found: dict[str, tuple[int, MatchedColumn]] = {}
    twice: set[str] = set()
    unknown: list[str] = []
    n_ignored = 0
    for position, header in enumerate(headers):
        hit = _lookup(header, position, index)
        if hit is None:
            folded = fold_header(header)
            if folded in ignored:
                n_ignored += 1
            elif folded:
                unknown.append(header)
            continue
        rank, matched = hit
        name = matched.column.name
        if name not in found or rank < found[name][0]:
            found[name] = (rank, matched)
            twice.discard(name)
        elif rank == found[name][0]:
            twice.add(name)
    columns = tuple(found[column.name][1] for column in spec.columns if column.name in found)
    missing = tuple(name for name in spec.required if name not in found and not _restorable(spec, name, found))
    return HeaderMatch(spec, columns, missing, tuple(sorted(twice)), tuple(unknown), n_ignored)


def best_matches(
    headers: Sequence[str], specs: Sequence[SourceSpec], extra: ExtraAliases | None = None
) -> list[HeaderMatch]:
    """Return the fitting matches with the most explained headers; several mean that the header is ambiguous."""
    fitting = [match for spec in specs if (match := match_header(headers, spec, extra)).fits]
    if not fitting:
        return []
    best = max(match.score for match in fitting)
    return [match for match in fitting if match.score == best]


def nearest(headers: Sequence[str], specs: Sequence[SourceSpec], extra: ExtraAliases | None = None) -> HeaderMatch:
    """Return the match that comes closest, for telling what is missing."""
    matches = [match_header(headers, spec, extra) for spec in specs]
    return max(matches, key=lambda match: (match.nearness, match.score, match.spec.id))


def _restorable(spec: SourceSpec, name: str, found: Mapping[str, object]) -> bool:
    link = spec.column(name).id_from_link
    return bool(link) and link in found


def _lookup(header: str, position: int, index: Mapping[str, tuple[Column, int]]) -> tuple[int, MatchedColumn] | None:
    folded = fold_header(header)
    if folded in index:
        column, rank = index[folded]
        return rank, MatchedColumn(column, position, header)
    split = _UNIT.match(unicodedata.normalize("NFKC", header).strip())
    if not split:
        return None
    head, unit = fold_header(split["head"]), split["unit"].strip().casefold()
    if f"{head} ()" not in index:
        return None
    column, rank = index[f"{head} ()"]
    if column.unit_column:
        return rank, MatchedColumn(column, position, header, unit=unit.upper())
    factor = dict(column.units).get(unit)
    return None if factor is None else (rank, MatchedColumn(column, position, header, factor=factor, unit=unit))


def _freeze(extra: Mapping[str, Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(sorted((name, tuple(headers)) for name, headers in extra.items()))


@lru_cache(maxsize=256)
def _alias_index(spec: SourceSpec, extra: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, tuple[Column, int]]:
    """Folded header -> column and rank; a header whose unit must follow in brackets is kept as `header ()`."""
    added = dict(extra)
    index: dict[str, tuple[Column, int]] = {}
    for column in spec.columns:
        # a company's own aliases come first; then the canonical name, then the vendor's wordings
        for rank, alias in enumerate((*added.get(column.name, ()), column.name, *column.aliases)):
            folded = fold_header(alias.removesuffix("()"))
            bracketed = alias.endswith("()") or bool(column.unit_column)
            if bracketed:
                index.setdefault(f"{folded} ()", (column, rank))
            if not alias.endswith("()"):
                index.setdefault(folded, (column, rank))
    return index


@lru_cache(maxsize=64)
def _folded_ignored(spec: SourceSpec) -> frozenset[str]:
    return frozenset(fold_header(header) for header in spec.ignored)
