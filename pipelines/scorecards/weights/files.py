"""The weights of every study for machines: CSV, and YAML for a scheme file.

Belongs here: both formats. Does not belong here: the table for people (`table`).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from pipelines.scorecards.weights.judged import (
    Compared,
    Style,
    Surveyed,
    Weighed,
    counts,
    heading,
)
from pipelines.scoring.numbers import plain, round_once
from pipelines.scoring.weights import decimal_of

CSV_COLUMNS = (
    "topic", "method", "round", "is_last", "experts", "item", "score", "full_mark_frequency", "cv", "weight", "percent",
    "kendall_w", "chi_square", "degrees_of_freedom", "p_value", "authority",
)  # fmt: skip

_PLAIN_KEY = re.compile(r"[a-z][a-z0-9_]*")
#: Plain words that YAML 1.1 reads as true, false or nothing.
_YAML_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def csv_lines(weighed: Sequence[Weighed], style: Style) -> list[str]:
    """Return a heading and a row an item and round; numbers with a point and nothing between thousands."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, CSV_COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for one in weighed:
        writer.writerows(_csv_rows(one, style))
    return stream.getvalue().splitlines()


def _csv_rows(one: Weighed, style: Style) -> Iterator[dict[str, object]]:
    study = one.study
    if isinstance(one, Compared):
        common = {
            "topic": study.topic,
            "method": one.study.method,
            "is_last": "true",
            "experts": len(one.study.experts),
        }
        yield from _item_rows(common, one.study.items, one.result.means, one.result.weights, style)
        return
    for asked, result, stated in zip(one.study.rounds, one.rounds, one.authorities, strict=True):
        common = {
            "topic": study.topic,
            "method": "delphi",
            "round": asked.number,
            "is_last": "true" if asked is one.study.rounds[-1] else "false",
            "experts": len(asked.experts),
            "authority": _machine(stated.cr) if stated else "",
        }
        if (found := result.concordance) is not None:
            common |= {
                "kendall_w": _machine(found.w),
                "chi_square": _machine(found.chi_square),
                "degrees_of_freedom": found.degrees,
                "p_value": plain(round_once(found.p_value, Decimal("1e-12"))),
            }
        rows = _item_rows(common, asked.items, result.means, result.weights, style)
        for row, full, cv in zip(rows, result.full_marks, result.variations, strict=True):
            yield row | {"full_mark_frequency": _machine(full), "cv": plain(cv)}


def _item_rows(
    common: dict[str, object],
    items: Sequence[str],
    scores: Sequence[Fraction],
    weights: Sequence[Fraction],
    style: Style,
) -> Iterator[dict[str, object]]:
    parts = style.percentages(weights, items)
    for item, score, weight, part in zip(items, scores, weights, parts, strict=True):
        told = {"item": item, "score": _machine(score), "weight": _machine(weight), "percent": format(part, "f")}
        yield common | told


def _machine(value: Fraction) -> str:
    """At most twelve decimals, with a point and nothing between thousands."""
    return plain(decimal_of(value)) or "0"


def yaml_lines(weighed: Sequence[Weighed], style: Style) -> list[str]:
    """One document a study, so that the whole is YAML too; the weights are those of the last round."""
    lines = []
    for place, one in enumerate(weighed):
        items, weights = one.final
        what = heading(one.study, style)
        if isinstance(one, Surveyed):
            last = one.study.rounds[-1]
            what = style.listed(what, style.text("round", round=last.number), counts(last, style))
        lines += ["---"] if place else []
        lines += [f"# {style.text('yaml.head', what=what, total=plain(style.total))}", "kpis:"]
        lines += [
            f"  {_yaml_key(item)}: {part:f}"
            for item, part in zip(items, style.percentages(weights, items), strict=True)
        ]
    return lines


def _yaml_key(item: str) -> str:
    is_plain = _PLAIN_KEY.fullmatch(item) is not None and item not in _YAML_WORDS
    return item if is_plain else json.dumps(item, ensure_ascii=False)
