"""The mutation points of a dbt template: each a small change that turns right SQL into wrong SQL.

Belongs here: which changes there are and how a text is changed. Jinja is never touched, so what comes out is a template
still. Does not belong here: which files are mutated, and what any test thinks of it.

    operator    + - * / and comparisons, `and` and `or`, `is null` and `is not null`, `not` left out
    filter      a condition of where, having or filter left out, or turned round where no operator is there to be
    constant    a number one larger, a text or date another one, true and false
    join        a condition of a join left out, inner and left join
    aggregate   sum, count, max, min and the like; all, distinct
    coalesce    the last default left out
    case        a branch that is never taken, `else` left out
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from mutants.tokens import Token, tokens

_ARITHMETIC = {"+": "-", "-": "+", "*": "/", "/": "*", "//": "*", "%": "+"}
_COMPARISON = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "<>", "<>": "=", "!=": "="}
_AGGREGATE = {
    "sum": ("max", "count"),
    "count": ("max",),
    "max": ("min",),
    "min": ("max",),
    "arg_min": ("arg_max",),
    "arg_max": ("arg_min",),
    "bool_or": ("bool_and",),
    "bool_and": ("bool_or",),
    "greatest": ("least",),
    "least": ("greatest",),
    "floor": ("ceil",),
    "ceil": ("floor",),
    "lead": ("lag",),
    "lag": ("lead",),
}
#: Where the conditions of a where or on end, at their own depth.
_ENDS = frozenset(
    [
        "group",
        "order",
        "union",
        "having",
        "qualify",
        "limit",
        "window",
        "where",
        "inner",
        "left",
        "right",
        "cross",
        "full",
        "join",
        "from",
        "select",
        "except",
        "intersect",
        "then",
        "when",
        "else",
        "end",
    ]
)
#: Words after which an expression begins: an operator that follows is a sign, a star means all columns.
_OPENERS = frozenset(
    [
        "select",
        "distinct",
        "by",
        "where",
        "and",
        "or",
        "not",
        "on",
        "when",
        "then",
        "else",
        "case",
        "in",
        "between",
        "having",
        "as",
        "union",
        "all",
        "from",
        "is",
        "exclude",
        "like",
        "qualify",
    ]
)
_TYPES = frozenset(["decimal", "numeric", "varchar", "char"])


@dataclass(frozen=True)
class Point:
    """One change.

    Attributes:
        kind: operator, filter, constant, join, aggregate, coalesce or case.
        start: offset of what is replaced.
        end: offset after it.
        replacement: what stands there instead.
        line: line number, from 1.
        key: what is changed, told without offsets: `the line: old -> new`, with a number where a line has several.
    """

    kind: str
    start: int
    end: int
    replacement: str
    line: int
    key: str

    def applied(self, sql: str) -> str:
        """The text with this change."""
        return sql[: self.start] + self.replacement + sql[self.end :]


Change = tuple[str, int, int, str]


def points(sql: str) -> list[Point]:
    """Every change of a template, in the order of the text; those that change nothing left out."""
    every = tokens(sql)
    changes = sorted({change for rule in _RULES for change in rule(sql, every)}, key=lambda c: (c[1], c[2], c[0], c[3]))
    seen: Counter[str] = Counter()
    found = []
    for kind, start, end, replacement in changes:
        if sql[start:end] == replacement:
            continue
        number = sql.count("\n", 0, start) + 1
        line = " ".join(sql.splitlines()[number - 1].split())
        old, new = (_short(text) or "nothing" for text in (sql[start:end], replacement))
        key = f"{line}: {old} -> {new}"
        seen[key] += 1
        again = f" (#{seen[key]})" if seen[key] > 1 else ""
        found.append(Point(kind, start, end, replacement, number, key + again))
    return found


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:40]} … {words[-17:]}"


def _ends_operand(token: Token) -> bool:
    if token.kind == "operator":
        return token.text in ")]"
    return token.kind in ("value", "text", "name", "number") or token.word not in _OPENERS | {""}


def _operators(sql: str, every: list[Token]) -> Iterator[Change]:
    betweens: list[int] = []  # depths of the `between`s that still wait for their `and`
    for index, token in enumerate(every):
        before = every[index - 1] if index else None
        after = every[index + 1] if index + 1 < len(every) else None
        if token.kind == "operator" and before is not None and after is not None:
            binary = _ends_operand(before) and after.text not in (",", ")") and after.word not in ("from", "exclude")
            if token.text in _ARITHMETIC and binary:
                yield "operator", token.start, token.end, _ARITHMETIC[token.text]
            elif token.text in _COMPARISON:
                yield "operator", token.start, token.end, _COMPARISON[token.text]
        if token.word == "between":
            betweens.append(token.depth)
        elif token.word == "and" and betweens and betweens[-1] == token.depth:
            betweens.pop()
        elif token.word in ("and", "or"):
            yield "operator", token.start, token.end, {"and": "or", "or": "and"}[token.word]
        elif token.word == "is" and after is not None and after.word == "null":
            yield "operator", token.start, token.end, "is not"
        elif token.word == "not" and before is not None and before.word == "is":
            yield "operator", before.start, token.end, "is"
        elif token.word == "not" and after is not None:
            yield "operator", token.start, after.start, ""


def _conditions(every: list[Token], index: int, depth: int) -> list[tuple[Token, Token]]:
    """First and last token of each condition that `and` joins after a where or on; one whole where `or` joins some."""
    spans: list[tuple[Token, Token]] = []
    first = last = None
    betweens = mixed = False
    for token in every[index:]:
        if token.kind == "statement":
            first = None  # Jinja may write the rest of this condition
            break
        at_depth = token.depth == depth and not _in_case(every, index, token)
        if token.depth < depth or (at_depth and (token.word in _ENDS or token.text == ",")):
            break
        if token.depth == depth and token.word == "or":
            mixed = True
        if at_depth and token.word == "and" and not betweens:
            if first is not None and last is not None:
                spans.append((first, last))
            first = None
            continue
        if token.depth == depth and token.word in ("between", "and"):
            betweens = token.word == "between"
        first, last = first or token, token
    if first is not None and last is not None:
        spans.append((first, last))
    return [(spans[0][0], spans[-1][1])] if mixed and spans else spans


def _in_case(every: list[Token], index: int, token: Token) -> bool:
    """Whether a token stands inside a case that was opened after `index` at its own depth."""
    opened = 0
    for other in every[index:]:
        if other.start >= token.start:
            break
        if other.depth == token.depth and other.word in ("case", "end"):
            opened += 1 if other.word == "case" else -1
    return opened > 0


def _filters(sql: str, every: list[Token]) -> Iterator[Change]:
    operators = [start for _, start, _, _ in _operators(sql, every)]
    for index, token in enumerate(every):
        if token.word in ("where", "having"):
            for first, last in _conditions(every, index + 1, token.depth):
                yield "filter", first.start, last.end, "true"
                if not any(first.start <= start < last.end for start in operators):
                    yield "filter", first.start, last.end, f"not ({sql[first.start : last.end]})"


def _constants(sql: str, every: list[Token]) -> Iterator[Change]:
    in_type: list[int] = []
    for index, token in enumerate(every):
        before = every[index - 1] if index else None
        if token.text == "(" and before is not None and before.word in _TYPES:
            in_type.append(token.depth)
        if token.text == ")" and in_type and in_type[-1] == token.depth:
            in_type.pop()
        lead = before.word if before is not None else ""
        if token.kind == "number" and not in_type and lead != "by":
            whole, point, decimals = token.text.partition(".")
            yield "constant", token.start, token.end, f"{int(whole) + 1}{point}{decimals}"
        elif token.kind == "text" and lead == "date":
            yield "constant", token.start, token.end, "'2000-01-01'"
        elif token.kind == "text" and lead in ("interval", "timestamp"):
            digits = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), token.text, count=1)
            yield "constant", token.start, token.end, digits
        elif token.kind == "text":
            yield "constant", token.start, token.end, f"{token.text[:-1]}~'"
        elif token.word in ("true", "false"):
            yield "constant", token.start, token.end, {"true": "false", "false": "true"}[token.word]


def _joins(sql: str, every: list[Token]) -> Iterator[Change]:
    for index, token in enumerate(every):
        after = every[index + 1].word if index + 1 < len(every) else ""
        if token.word in ("inner", "left") and after == "join":
            yield "join", token.start, token.end, {"inner": "left", "left": "inner"}[token.word]
        if token.word == "on":
            for first, last in _conditions(every, index + 1, token.depth):
                yield "join", first.start, last.end, "true"


def _aggregates(sql: str, every: list[Token]) -> Iterator[Change]:
    for index, token in enumerate(every[:-1]):
        after, following = every[index + 1], every[index + 2] if index + 2 < len(every) else None
        called = after.text == "(" and after.start == token.end
        if token.word in _AGGREGATE and called and following is not None:
            if following.text == "*":
                yield "aggregate", token.start, following.end, f"{_AGGREGATE[token.word][0]}(1"
                continue
            for other in _AGGREGATE[token.word]:
                yield "aggregate", token.start, token.end, other
        if token.word == "union":
            end, new = (after.end, {"all": "union distinct", "distinct": "union all"}.get(after.word, ""))
            if new:
                yield "aggregate", token.start, end, new
        if token.word == "distinct" and index and every[index - 1].word == "select":
            yield "aggregate", token.start, after.start, ""


def _coalesces(sql: str, every: list[Token]) -> Iterator[Change]:
    for index, token in enumerate(every[:-1]):
        opening = every[index + 1]
        if token.word != "coalesce" or opening.text != "(":
            continue
        comma = None
        for inner in every[index + 2 :]:
            if inner.text == "," and inner.depth == opening.depth + 1:
                comma = inner
            if inner.text == ")" and inner.depth == opening.depth:
                if comma is not None:
                    yield "coalesce", comma.start, inner.start, ""
                break


def _cases(sql: str, every: list[Token]) -> Iterator[Change]:
    for index, token in enumerate(every):
        if token.word != "case":
            continue
        parts = _parts(every, index)
        searched = parts[0].word == "when" and parts[0] is every[index + 1] if parts else False
        branches = sum(part.word == "when" for part in parts)
        for part, following in pairwise(parts):
            if part.word == "when" and searched:
                yield "case", part.end, following.start, " false "
            elif part.word == "when" and branches > 1:
                yield "case", part.start, parts[parts.index(following) + 1].start, ""
            elif part.word == "else":
                yield "case", part.start, following.start, ""


def _parts(every: list[Token], index: int) -> list[Token]:
    """The when, then, else and end of a case; none where Jinja writes some of its branches."""
    parts: list[Token] = []
    opened = 0
    for token in every[index + 1 :]:
        if token.kind == "statement":
            return []
        if token.word == "case":
            opened += 1
        elif token.word == "end" and opened:
            opened -= 1
        elif token.word in ("when", "then", "else", "end") and not opened:
            parts.append(token)
            if token.word == "end":
                return parts
    return []


_RULES: tuple[Callable[[str, list[Token]], Iterator[Change]], ...] = (
    _operators,
    _filters,
    _constants,
    _joins,
    _aggregates,
    _coalesces,
    _cases,
)
