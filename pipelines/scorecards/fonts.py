"""The fonts of PDF cards: where they lie, in which order they are tried, and which characters each of them has.

Belongs here: the installed Noto fonts (packages `manimgx-fonts` and `manimgx-fonts-cjk`, SIL Open Font License) and
their character maps. Does not belong here: what becomes of a character that none of them has (legible).

The fonts of the machine are never used: a card has the same bytes wherever it is made.
"""

from __future__ import annotations

import importlib.util
import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Fonts

PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
#: Tried first: one face for Chinese and Latin letters, so that both stand on one line; then letters that it lacks.
FIRST = ("Noto Sans CJK SC", "Noto Sans")
_OTHER_CHINESE = "Noto Sans CJK "  # the same characters in the shapes of other countries

_UNICODE_MAPS = ((3, 10), (0, 4), (3, 1), (0, 3))


class FontsMissingError(Exception):
    """The packages with the fonts are not installed as the lock file names them."""


@dataclass(frozen=True)
class Coverage:
    """The characters of a font, as sorted spans of code points, both ends included."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __contains__(self, character: str) -> bool:
        point = ord(character)
        at = bisect_right(self.starts, point) - 1
        return at >= 0 and point <= self.ends[at]


@cache
def loaded() -> Fonts:
    """Return the fonts as Typst holds them, read once a process.

    Raises:
        FontsMissingError: when a package or its main face is not there.
    """
    import typst

    folders = [_folder(name) for name in PACKAGES]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    lacking = [family for family in FIRST if family not in fonts.families()]
    if lacking:
        raise FontsMissingError(f"no font {', '.join(lacking)} in {', '.join(PACKAGES)}; run `make setup` again")
    return fonts


@cache
def families() -> tuple[str, ...]:
    """Return the names of the fonts in the order in which they are tried for a character."""
    rest = {name for name in loaded().families() if name not in FIRST and not name.startswith(_OTHER_CHINESE)}
    return (*FIRST, *sorted(rest))


@cache
def coverage(family: str) -> Coverage:
    """Return which characters a font has."""
    face = min((one for one in loaded().fonts() if one.family == family), key=lambda one: (str(one.path), one.index))
    return read_coverage(Path(str(face.path)).read_bytes(), face.index)


def read_coverage(font: bytes, index: int = 0) -> Coverage:
    """Read the character map of an OpenType font or of one face of a collection.

    Raises:
        FontsMissingError: when the bytes are no font with a Unicode map.
    """
    at = struct.unpack_from(">I", font, 12 + 4 * index)[0] if font[:4] == b"ttcf" else 0
    (tables,) = struct.unpack_from(">H", font, at + 4)
    places = dict(struct.unpack_from(">4s4xI4x", font, at + 12 + 16 * number) for number in range(tables))
    start = places.get(b"cmap")
    if start is None:
        raise FontsMissingError("a font without a character map; run `make setup` again")
    (maps,) = struct.unpack_from(">H", font, start + 2)
    offsets = {
        (platform, encoding): start + offset
        for platform, encoding, offset in (struct.unpack_from(">HHI", font, start + 4 + 8 * n) for n in range(maps))
    }
    chosen = next((offsets[one] for one in _UNICODE_MAPS if one in offsets), None)
    if chosen is None:
        raise FontsMissingError("a font without a Unicode map; run `make setup` again")
    (form,) = struct.unpack_from(">H", font, chosen)
    return _merged(_groups(font, chosen) if form == 12 else _segments(font, chosen))


def _groups(font: bytes, at: int) -> Iterator[tuple[int, int]]:
    """The spans of a map of format 12, in ascending order."""
    (count,) = struct.unpack_from(">I", font, at + 12)
    for number in range(count):
        first, last, _ = struct.unpack_from(">III", font, at + 16 + 12 * number)
        yield first, last


def _segments(font: bytes, at: int) -> Iterator[tuple[int, int]]:
    """The characters of a map of format 4 that lead to a glyph, in ascending order."""
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends, starts, deltas, ranges = (at + 14 + skip + 2 * count * row for row, skip in enumerate((0, 2, 2, 2)))
    for number in range(count):
        first, last = (struct.unpack_from(">H", font, row + 2 * number)[0] for row in (starts, ends))
        (delta,) = struct.unpack_from(">H", font, deltas + 2 * number)
        place = ranges + 2 * number
        (distance,) = struct.unpack_from(">H", font, place)
        for point in range(first, last + 1):
            if distance:
                (glyph,) = struct.unpack_from(">H", font, place + distance + 2 * (point - first))
            else:
                glyph = (point + delta) % 65536
            if glyph and point != 0xFFFF:
                yield point, point


def _merged(spans: Iterable[tuple[int, int]]) -> Coverage:
    merged: list[list[int]] = []
    for first, last in spans:
        if merged and first <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    return Coverage(tuple(first for first, _ in merged), tuple(last for _, last in merged))


def _folder(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise FontsMissingError(f"the package {package} is not installed; run `make setup` again")
    return Path(next(iter(found.submodule_search_locations)))
