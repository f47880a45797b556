"""Dbt SQL as tokens: what is SQL may be changed, what is Jinja is one token and stays as it is.

Belongs here: where a token begins and ends, its kind, how deep in parentheses it stands. No SQL grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPELLING = re.compile(
    r"""
      (?P<note>\{\#.*?\#\}|--[^\n]*|/\*.*?\*/)
    | (?P<statement>\{%(?:"[^"]*"|'[^']*'|[^"'%]|%(?!\}))*%\})
    | (?P<value>\{\{(?:"[^"]*"|'[^']*'|[^"'}]|\}(?!\}))*\}\})
    | (?P<text>'(?:[^']|'')*')
    | (?P<name>"(?:[^"]|"")*")
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<word>[A-Za-z_][A-Za-z_0-9]*)
    | (?P<operator><=|>=|<>|!=|:=|\|\||::|//|>>|<<|->>|->|=>|[-+*/%<>=.,()\[\]{}:;&|^?@$~!\#\\])
    | (?P<space>\s+)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Token:
    """A piece of the text.

    Attributes:
        kind: value and statement (Jinja), text, name (quoted), number, word, operator.
        text: as it is written.
        start: offset of its first character.
        depth: how many parentheses are open around it; a parenthesis itself stands outside.
    """

    kind: str
    text: str
    start: int
    depth: int

    @property
    def end(self) -> int:
        """Offset after its last character."""
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        """The keyword or name in lower case, empty for anything but a bare word."""
        return self.text.lower() if self.kind == "word" else ""


def tokens(sql: str) -> list[Token]:
    """The tokens of a template, without comments and spaces.

    A name that Jinja writes in part (`{{ kpi }}__k`) is one value: nobody can change half a name.

    Raises:
        ValueError: a character that no rule knows.
    """
    found: list[Token] = []
    depth = position = 0
    while position < len(sql):
        match = _SPELLING.match(sql, position)
        if match is None:
            raise ValueError(f"cannot read {sql[position : position + 20]!r} at offset {position}")
        kind, text = str(match.lastgroup), match[0]
        if kind == "text" and "{" in text and ("{{" in text or "{%" in text):
            kind = "value"
        if kind == "operator" and text in ")]":
            depth -= 1
        if kind not in ("note", "space"):
            last = found[-1] if found else None
            glued = last is not None and last.end == position and "value" in (kind, last.kind)
            if glued and last is not None and kind in ("value", "word", "number") and last.kind in ("value", "word"):
                found[-1] = Token("value", last.text + text, last.start, last.depth)
            else:
                found.append(Token(kind, text, position, depth))
        if kind == "operator" and text in "([":
            depth += 1
        position = match.end()
    return found
