"""Every word a person reads, in Chinese and English, behind one function.

Belongs here: `text()` and the merging of the rooms' catalogues (`CATALOGUES`), each of which is a module with one
dictionary `TEXTS` of `{key: {"zh": ..., "en": ...}}`. Does not belong here: any decision about what to say; log lines
for engineers. This package imports nothing of the project.
"""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from string import Formatter

LANGUAGES = ("zh", "en")

#: The catalogues in the order in which they are merged; a key may stand in one of them only.
CATALOGUES = (
    *("cards", "reasons", "findings", "schemes", "advice", "handbook", "files", "weights", "shares", "reports"),
    *("decisions", "listed", "true_ups", "followers", "buffers", "changes", "shocks", "small_numbers", "gaming"),
    *("certificate", "quality_files", "paper", "parcels", "responding"),
    *("portal", "alerts"),
)


class UnknownTextError(KeyError):
    """A key or a language that no catalogue has: a defect of the program, not of an input."""

    def __str__(self) -> str:
        return str(self.args[0])


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return all texts of all catalogues that are installed.

    Raises:
        UnknownTextError: when two catalogues define the same key.
    """
    merged: dict[str, dict[str, str]] = {}
    for name in CATALOGUES:
        qualified = f"{__name__}.{name}"
        if importlib.util.find_spec(qualified) is None:
            continue
        texts: dict[str, dict[str, str]] = importlib.import_module(qualified).TEXTS
        twice = sorted(merged.keys() & texts.keys())
        if twice:
            raise UnknownTextError(f"texts defined in two catalogues (the second is {name}): {', '.join(twice)}")
        merged.update(texts)
    return merged


def text(key: str, /, lang: str, **params: object) -> str:
    """Return the text of a key in a language, with its placeholders filled.

    Args:
        key: dotted key, such as `cards.title`.
        lang: `zh` or `en`.
        params: values for the placeholders; one that the text does not use is ignored.

    Raises:
        UnknownTextError: for an unknown key or language, or a placeholder without a value.
    """
    entry = catalogue().get(key)
    if entry is None:
        raise UnknownTextError(f"no text has the key {key!r}")
    template = entry.get(lang)
    if template is None:
        raise UnknownTextError(f"the text {key!r} has no language {lang!r}; it has {', '.join(sorted(entry))}")
    try:
        return template.format(**params)
    except KeyError as missing:
        raise UnknownTextError(f"the text {key!r} in {lang!r} needs the value {missing.args[0]!r}") from missing


def has_text(key: str) -> bool:
    """Tell whether a catalogue has the key."""
    return key in catalogue()


def placeholders(template: str) -> set[str]:
    """Return the names of the placeholders of a text; both languages of a key must have the same."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}
