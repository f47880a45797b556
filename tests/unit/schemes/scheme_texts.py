"""The shipped schemes as text, and changes to it.

Belongs here: what the tests of this folder make their wrong schemes from. Not in conftest.py: a module of that name
cannot be imported where several folders have one.
"""

from __future__ import annotations

from pipelines.schemes.loader import SHIPPED, shipped_ids

SHIPPED_TEXTS = {name: (SHIPPED / f"scheme_{name}.yaml").read_text(encoding="utf-8") for name in shipped_ids()}


def changed(scheme: str, *changes: tuple[str, str]) -> str:
    """A shipped scheme after (old, new) replacements, each of the first place alone."""
    text = SHIPPED_TEXTS[scheme]
    for old, new in changes:
        assert old in text, f"scheme {scheme} no longer has {old!r}"
        text = text.replace(old, new, 1)
    return text
