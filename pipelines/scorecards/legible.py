"""Text as paper can show it: what no font has stands as its code point, so that nothing is lost and nothing is a box.

Belongs here: one text in, one text out, and which characters were written as code points. Does not belong here: the
fonts (fonts), which texts a card has (paper), telling whoever can mend it (lost_letters).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from pipelines.scorecards.fonts import coverage, families

_SPACES = re.compile(r"[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")
#: Shown by no glyph and needing none: joiners, marks of direction, selectors of a variant.
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\U000e0100-\U000e01ef]")
#: Always a code point: what turns the direction of the text around it, or a name could rearrange the words beside it;
#: controls and the byte order mark, which some fonts map and PDF does not allow.
_NEVER = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
#: Longer runs of letters without a place to break would stick out of the page.
_LONG_RUN = re.compile("[^\\s\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]{40,}")
_RUN_PIECE = 8
_BREAK = "\u200b"


def legible(text: str) -> str:
    """Return a text that the fonts can show whole: characters that they cannot are written as `〈U+1F9FF〉`."""
    if not text.isascii() or not text.isprintable():
        text = _SPACES.sub(" ", text)
        text = "".join(shown for _, shown in _clusters(text))
    return _LONG_RUN.sub(_breakable, text)


def unprintable(text: str) -> list[str]:
    """Return the characters of a text that are written as code points, each once, in their order."""
    if text.isascii() and text.isprintable():
        return []
    lost = (one for given, shown in _clusters(_SPACES.sub(" ", text)) for one in given if one not in shown)
    return list(dict.fromkeys(lost))


def code_point(character: str) -> str:
    """Write the code point of a character as Unicode does."""
    return f"U+{ord(character):04X}"


def _clusters(text: str) -> Iterator[tuple[str, str]]:
    """Yield each letter with the marks above and below it, as given and as it can be shown.

    A letter and its marks must come from one font; a mark that no font has together with its letter is written alone.
    """
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.category(text[end])[0] == "M":
            end += 1
        yield from _shown(text[at:end])
        at = end


def _shown(cluster: str) -> Iterator[tuple[str, str]]:
    if len(cluster) > 1 and any(all(_has(family, one) for one in cluster) for family in families()):
        yield cluster, cluster
        return
    for one in cluster[:1]:
        yield one, one if _is_shown(one) else f"〈{code_point(one)}〉"
    for one in cluster[1:]:
        yield one, one if _INVISIBLE.match(one) else f"〈{code_point(one)}〉"


@cache
def _is_shown(character: str) -> bool:
    if _NEVER.match(character):
        return False
    return bool(_INVISIBLE.match(character)) or any(character in coverage(family) for family in families())


def _has(family: str, character: str) -> bool:
    return bool(_INVISIBLE.match(character)) or (character in coverage(family) and not _NEVER.match(character))


def _breakable(run: re.Match[str]) -> str:
    pieces = [run[0][at : at + _RUN_PIECE] for at in range(0, len(run[0]), _RUN_PIECE)]
    return _BREAK.join(pieces)
