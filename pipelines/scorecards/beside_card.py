"""What a card says of a second scheme beside the one that pays: both scores and amounts, and what follows from them.

Belongs here: the section of the card, its lines in `explain`, and what a comparison with a sealed card looks at. Does
not belong here: whose second scheme it is (`beside`), what a guarantee comes to (`scoring.beside`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pipelines.scorecards.formats import NO_VALUE, fixed, number
from pipelines.scorecards.lines import line_row
from pipelines.scorecards.words import Words


def beside(words: Words) -> list[dict[str, Any]]:
    """Return one block for every other scheme: what it is for, both scores and amounts, the KPI lines by it."""
    return [_block(words, one) for one in words.trace.get("beside", ())]


def beside_lines(words: Words) -> Iterator[str]:
    """Yield the blocks as plain text, with the derivation of score and bonus by the other scheme."""
    for one in words.trace.get("beside", ()):
        block = _block(words, one)
        yield ""
        yield block["title"]
        yield f"  {block['said']}"
        for row in block["rows"]:
            yield "  " + words.t("beside.explain", **row)
        other = Words(words.bundle, one["trace"], words.lang)
        for segment in one["trace"]["segments"]:
            for line in segment["lines"]:
                yield from _line(other, segment, line)
        for step in one["trace"]["bonus"]["steps"]:
            told = {"label": other.step_label(step), "formula": other.step_formula(step)}
            yield "    " + words.t("explain.step", value=other.step_value(step), **told)


def beside_facts(trace: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what changes of a second scheme are told by: its score, what it brings and what comes of it."""
    for one in trace.get("beside", ()):
        name = f"{one['mode']} {one['scheme']['id']}"
        yield f"{name} score", one["other_score"] or ""
        yield f"{name} brings", one["brings"]
        yield f"{name} status", one["status"]


def guarantee_label(words: Words, item: Mapping[str, Any]) -> str:
    """Name a guarantee by the scheme that gives it."""
    return words.t("beside.guarantee", title=item["scheme"]["title"][words.lang], version=item["scheme"]["version"])


def _block(words: Words, one: Mapping[str, Any]) -> dict[str, Any]:
    scheme = {"title": one["scheme"]["title"][words.lang], "version": one["scheme"]["version"]}
    rows = [
        _row(words, "score", _score(one["present_score"]), _score(one["other_score"])),
        _row(words, "amount", words.money(one["present"]), words.money(one["brings"])),
    ]
    other = Words(words.bundle, one["trace"], words.lang)
    lines = [line_row(other, segment, line) for segment in one["trace"]["segments"] for line in segment["lines"]]
    return {
        "title": words.t(f"beside.title.{one['mode']}", **scheme),
        "about": words.t(f"beside.about.{one['mode']}"),
        "said": words.t(
            f"beside.said.{one['status']}",
            present=words.money(one["present"]),
            brings=words.money(one["brings"]),
            top_up=words.money(one["top_up"]),
        ),
        "status": one["status"],
        "rows": rows,
        "lines": lines,
    }


def _row(words: Words, kind: str, present: str, other: str) -> dict[str, str]:
    return {"label": words.t(f"beside.row.{kind}"), "present": present, "other": other}


def _score(score: str | None) -> str:
    return NO_VALUE if score is None else fixed(Decimal(score), 2)


def _line(words: Words, segment: Mapping[str, Any], line: Mapping[str, Any]) -> Iterator[str]:
    row = line_row(words, segment, line)
    yield "    " + words.t("explain.line", kpi=row.name, id=row.kpi_id, points=row.points, weight=row.weight)
    if row.status != "ok":
        yield "      " + words.t("explain.status", status=row.mark_text, reason=row.reason or "–")
    if number(line["value"]) is not None:
        target = words.measure(line["target"], line["unit"])
        yield "      " + words.t("beside.line", actual=row.actual, target=target, score=row.score)
