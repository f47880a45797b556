"""The weights of every study as a table for a terminal.

Belongs here: lines and columns. Does not belong here: files for machines (`files`), doubts (`doubts`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from pipelines.company.expert_rounds import DelphiRound
from pipelines.scorecards.formats import fixed, flexible
from pipelines.scorecards.weights.judged import (
    Compared,
    Style,
    Surveyed,
    Weighed,
    counts,
    heading,
    shown_change,
    shown_cv,
)
from pipelines.scoring.delphi import (
    Authority,
    RoundResult,
)
from pipelines.scoring.numbers import HUNDRED, plain
from pipelines.scoring.weights import decimal_of

_COLUMN_GAP = "  "


def table(weighed: Sequence[Weighed], style: Style) -> list[str]:
    """Return the lines of all studies, an empty one between two."""
    blocks = [
        _pair_lines(one, style) if isinstance(one, Compared) else list(_delphi_lines(one, style)) for one in weighed
    ]
    return [line for place, block in enumerate(blocks) for line in ([""] if place else []) + block]


def _pair_lines(one: Compared, style: Style) -> list[str]:
    study, result = one.study, one.result
    lines = [heading(study, style)]
    formula = "2n(n-1)" if study.method == "0-4" else "n(n-1)/2"
    for expert, sums in zip(study.experts, result.sums, strict=True):
        written = ", ".join(str(one) for one in sums)
        lines.append(style.text("sums", expert=expert, sums=written, sum=sum(sums), formula=formula))
    cells = [[flexible(decimal_of(mean), 2)] for mean in result.means]
    return lines + _weight_table(study.items, ["mean_sum"], cells, result.weights, style)


def _delphi_lines(one: Surveyed, style: Style) -> Iterator[str]:
    study = one.study
    yield heading(study, style)
    for asked, result, stated in zip(study.rounds, one.rounds, one.authorities, strict=True):
        yield style.listed(style.text("round", round=asked.number), counts(asked, style))
        yield _concordance(result, style)
        yield _authority(asked, stated, style)
        cells = [
            [fixed(decimal_of(mean), 2), f"{flexible(decimal_of(full * 100), 1)} %", shown_cv(cv)]
            for mean, full, cv in zip(result.means, result.full_marks, result.variations, strict=True)
        ]
        yield from _weight_table(asked.items, ["mean", "full_marks", "cv"], cells, result.weights, style)
    if not one.changes:
        yield style.text("one_round")
    for (earlier, later), change in zip(pairwise(study.rounds), one.changes, strict=True):
        verdict = style.text("settled" if change.settled else "not_settled")
        yield style.text(
            "stability", earlier=earlier.number, later=later.number, verdict=verdict, **shown_change(change)
        )


def _concordance(result: RoundResult, style: Style) -> str:
    found = result.concordance
    if found is None:
        return style.text("no_concordance")
    small = found.p_value < Decimal("0.001")
    return style.text(
        "concordance",
        w=fixed(decimal_of(found.w), 3),
        chi_square=fixed(decimal_of(found.chi_square), 2),
        degrees=found.degrees,
        p="< 0.001" if small else fixed(found.p_value, 3),
    )


def _authority(asked: DelphiRound, stated: Authority | None, style: Style) -> str:
    if stated is None:
        return style.text("no_authority")
    shown = {name: fixed(decimal_of(getattr(stated, name)), 3) for name in ("ca", "cs", "cr")}
    given = len(asked.authority) - asked.authority.count(None)
    return style.text("authority", stated=given, experts=len(asked.experts), **shown)


def _weight_table(
    items: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[str]],
    weights: Sequence[Fraction],
    style: Style,
) -> list[str]:
    last = "column.percent" if style.total == HUNDRED else "column.percent_of"
    head = [style.text(f"column.{name}") for name in ("item", *columns, "weight")]
    rows = [[*head, style.text(last, total=plain(style.total))]]
    parts = style.percentages(weights, items)
    for item, own, weight, part in zip(items, cells, weights, parts, strict=True):
        rows.append([item, *own, fixed(decimal_of(weight), 4), format(part, "f")])
    rows.append([style.text("total"), *[""] * len(columns), "", format(sum(parts), "f")])
    return _aligned(rows)


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Write names to the left and numbers to the right, in columns as wide as a terminal shows them."""
    widths = [max(_width(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        _COLUMN_GAP.join(
            cell + " " * (width - _width(cell)) if place == 0 else " " * (width - _width(cell)) + cell
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _width(written: str) -> int:
    """Columns of a terminal: two for a Chinese character, none for a combining mark."""
    return sum(
        0 if unicodedata.combining(mark) else 2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in written
    )
