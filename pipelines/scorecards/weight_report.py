"""Weights from experts' judgements as a table, as CSV, and as YAML for a scheme file, with what is doubtful about them.

Belongs here: the lines that `scorecards weights` prints. Does not belong here: the arithmetic (`scoring.weights`,
`scoring.delphi`), what is wrong with the file (`company.expert_rules`).
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from pipelines.company.expert_rounds import DelphiRound, DelphiStudy, ExpertFile, PairStudy, Study
from pipelines.company.findings import Finding
from pipelines.scorecards.formats import NO_VALUE, fixed, flexible, signed
from pipelines.scoring.delphi import (
    CV_LIMIT,
    CV_SETTLED,
    W_SETTLED,
    Authority,
    RoundResult,
    Stability,
    authority,
    round_result,
    stability,
)
from pipelines.scoring.numbers import HUNDRED, plain, round_once
from pipelines.scoring.weights import Circle, PairWeights, circles, decimal_of, pair_weights, percentages
from pipelines.texts import text

CSV_COLUMNS = (
    "topic", "method", "round", "is_last", "experts", "item", "score", "full_mark_frequency", "cv", "weight", "percent",
    "kendall_w", "chi_square", "degrees_of_freedom", "p_value", "authority",
)  # fmt: skip

_PLAIN_KEY = re.compile(r"[a-z][a-z0-9_]*")
#: Plain words that YAML 1.1 reads as true, false or nothing.
_YAML_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_COLUMN_GAP = "  "

_Warn = Callable[..., Finding]


@dataclass(frozen=True)
class Report:
    """What is printed of a file.

    Attributes:
        printed: for standard output, without a last line break.
        warnings: what is doubtful though nothing is wrong, for standard error.
    """

    printed: str
    warnings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Style:
    """How numbers are printed: language, decimals of weights, what the weights sum to."""

    lang: str
    decimals: int
    total: Decimal

    def text(self, key: str, **params: object) -> str:
        """The text `weights.<key>`."""
        return text(f"weights.{key}", self.lang, **params)

    def listed(self, *parts: str) -> str:
        """Write what is not empty, with commas."""
        return self.text("comma").join(part for part in parts if part)

    def percentages(self, weights: Sequence[Fraction], items: Sequence[str]) -> list[Decimal]:
        """Weights as they are printed, which sum to the total exactly."""
        return percentages(weights, items, self.decimals, self.total)


@dataclass(frozen=True)
class _Compared:
    """Comparisons with what they come to."""

    study: PairStudy
    result: PairWeights

    @property
    def final(self) -> tuple[tuple[str, ...], tuple[Fraction, ...]]:
        """The items and their weights."""
        return self.study.items, self.result.weights


@dataclass(frozen=True)
class _Surveyed:
    """A survey with the results of its rounds, and the changes from each to the next."""

    study: DelphiStudy
    rounds: tuple[RoundResult, ...]
    authorities: tuple[Authority | None, ...]
    changes: tuple[Stability, ...]

    @property
    def final(self) -> tuple[tuple[str, ...], tuple[Fraction, ...]]:
        """The items and weights that count: those of the last round."""
        return self.study.rounds[-1].items, self.rounds[-1].weights


_Weighed = _Compared | _Surveyed


def weight_report(file: ExpertFile, form: str, lang: str, decimals: int = 2, total: Decimal = HUNDRED) -> Report:
    """Work out and word the weights of every study of a file.

    Args:
        file: sound judgements.
        form: `table`, `csv` or `yaml`.
        lang: the language of tables, comments and warnings, `zh` or `en`.
        decimals: digits after the point of weights in per cent.
        total: what the printed weights of a study sum to exactly.

    Raises:
        ValueError: when the total has more decimals than the weights.
    """
    style = _Style(lang, decimals, total)
    weighed = [_weigh(study) for study in file.studies]
    lines = {"table": _table, "csv": _csv, "yaml": _yaml}[form](weighed, style)
    warnings = tuple(finding for one in weighed for finding in _warnings(one, file.name, style))
    return Report("\n".join(lines), warnings)


def _weigh(study: Study) -> _Weighed:
    if isinstance(study, PairStudy):
        return _Compared(study, pair_weights(study.matrices, study.method))
    results = tuple(round_result(one.scores, study.full_mark) for one in study.rounds)
    stated = tuple(authority([given for given in one.authority if given is not None]) for one in study.rounds)
    told = list(zip(study.rounds, results, strict=True))
    changes = tuple(
        stability(_variations(*earlier), _variations(*later), _w(earlier[1]), _w(later[1]))
        for earlier, later in pairwise(told)
    )
    return _Surveyed(study, results, stated, changes)


def _variations(one: DelphiRound, result: RoundResult) -> dict[str, Decimal | None]:
    return {item.casefold(): cv for item, cv in zip(one.items, result.variations, strict=True)}


def _w(result: RoundResult) -> Fraction | None:
    return result.concordance.w if result.concordance else None


# --- the table -------------------------------------------------------------------------------------------------------


def _table(weighed: Sequence[_Weighed], style: _Style) -> list[str]:
    blocks = [
        _pair_lines(one, style) if isinstance(one, _Compared) else list(_delphi_lines(one, style)) for one in weighed
    ]
    return [line for place, block in enumerate(blocks) for line in ([""] if place else []) + block]


def _heading(study: Study, style: _Style) -> str:
    named = style.text("topic", topic=study.topic) if study.topic else ""
    if isinstance(study, DelphiStudy):
        return named + style.text("delphi", low=plain(study.low_mark), full=plain(study.full_mark))
    return named + style.listed(style.text(study.method), _counts(study, style))


def _counts(one: PairStudy | DelphiRound, style: _Style) -> str:
    key = "one_expert" if len(one.experts) == 1 else "counts"
    return style.text(key, experts=len(one.experts), items=len(one.items))


def _pair_lines(one: _Compared, style: _Style) -> list[str]:
    study, result = one.study, one.result
    lines = [_heading(study, style)]
    formula = "2n(n-1)" if study.method == "0-4" else "n(n-1)/2"
    for expert, sums in zip(study.experts, result.sums, strict=True):
        written = ", ".join(str(one) for one in sums)
        lines.append(style.text("sums", expert=expert, sums=written, sum=sum(sums), formula=formula))
    cells = [[flexible(decimal_of(mean), 2)] for mean in result.means]
    return lines + _weight_table(study.items, ["mean_sum"], cells, result.weights, style)


def _delphi_lines(one: _Surveyed, style: _Style) -> Iterator[str]:
    study = one.study
    yield _heading(study, style)
    for asked, result, stated in zip(study.rounds, one.rounds, one.authorities, strict=True):
        yield style.listed(style.text("round", round=asked.number), _counts(asked, style))
        yield _concordance(result, style)
        yield _authority(asked, stated, style)
        cells = [
            [fixed(decimal_of(mean), 2), f"{flexible(decimal_of(full * 100), 1)} %", _cv(cv)]
            for mean, full, cv in zip(result.means, result.full_marks, result.variations, strict=True)
        ]
        yield from _weight_table(asked.items, ["mean", "full_marks", "cv"], cells, result.weights, style)
    if not one.changes:
        yield style.text("one_round")
    for (earlier, later), change in zip(pairwise(study.rounds), one.changes, strict=True):
        verdict = style.text("settled" if change.settled else "not_settled")
        yield style.text("stability", earlier=earlier.number, later=later.number, verdict=verdict, **_change(change))


def _concordance(result: RoundResult, style: _Style) -> str:
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


def _authority(asked: DelphiRound, stated: Authority | None, style: _Style) -> str:
    if stated is None:
        return style.text("no_authority")
    shown = {name: fixed(decimal_of(getattr(stated, name)), 3) for name in ("ca", "cs", "cr")}
    given = len(asked.authority) - asked.authority.count(None)
    return style.text("authority", stated=given, experts=len(asked.experts), **shown)


def _cv(value: Decimal | None) -> str:
    return NO_VALUE if value is None else fixed(value, 3)


def _change(change: Stability) -> dict[str, str]:
    w = NO_VALUE if change.w_change is None else signed(decimal_of(change.w_change), 3)
    return {"w": w, "cv": _cv(change.cv_change)}


def _weight_table(
    items: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[str]],
    weights: Sequence[Fraction],
    style: _Style,
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


# --- for machines ----------------------------------------------------------------------------------------------------


def _csv(weighed: Sequence[_Weighed], style: _Style) -> list[str]:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, CSV_COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for one in weighed:
        writer.writerows(_csv_rows(one, style))
    return stream.getvalue().splitlines()


def _csv_rows(one: _Weighed, style: _Style) -> Iterator[dict[str, object]]:
    study = one.study
    if isinstance(one, _Compared):
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
    style: _Style,
) -> Iterator[dict[str, object]]:
    parts = style.percentages(weights, items)
    for item, score, weight, part in zip(items, scores, weights, parts, strict=True):
        told = {"item": item, "score": _machine(score), "weight": _machine(weight), "percent": format(part, "f")}
        yield common | told


def _machine(value: Fraction) -> str:
    """At most twelve decimals, with a point and nothing between thousands."""
    return plain(decimal_of(value)) or "0"


def _yaml(weighed: Sequence[_Weighed], style: _Style) -> list[str]:
    """One document a study, so that the whole is YAML too; the weights are those of the last round."""
    lines = []
    for place, one in enumerate(weighed):
        items, weights = one.final
        what = _heading(one.study, style)
        if isinstance(one, _Surveyed):
            last = one.study.rounds[-1]
            what = style.listed(what, style.text("round", round=last.number), _counts(last, style))
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


# --- what is doubtful ------------------------------------------------------------------------------------------------


def _warnings(one: _Weighed, file: str, style: _Style) -> Iterator[Finding]:
    what = style.listed(one.study.topic, _method(one.study))

    def warn(code: str, row: int = 0, column: str = "", value: str = "", **params: object) -> Finding:
        params["what"] = what
        problem = style.text(f"warning.{code}", **params)
        return Finding(file, row, column, value, problem, style.text(f"warning.{code}.mend", **params))

    if isinstance(one, _Compared):
        for expert, row, matrix in zip(one.study.experts, one.study.rows, one.study.matrices, strict=True):
            if found := circles(matrix):
                more = style.text("warning.more_circles", count=len(found) - 1) if len(found) > 1 else ""
                yield warn("circle", row, "expert", expert, circle=_told(found[0], one.study.items), more=more)
    else:
        yield from _round_warnings(one, style, warn)
    items, weights = one.final
    for item, weight, part in zip(items, weights, style.percentages(weights, items), strict=True):
        if weight == 0:
            yield warn("no_weight", 0, "item", item)
        elif part == 0:
            yield warn("rounded_away", 0, "item", item)


def _round_warnings(one: _Surveyed, style: _Style, warn: _Warn) -> Iterator[Finding]:
    """Warnings of a survey; rounds that were asked again are past, so of single rounds only the last is judged."""
    study, result = one.study, one.rounds[-1]
    last = study.rounds[-1]
    for item, row, cv, scattered in zip(last.items, last.rows, result.variations, result.scattered, strict=True):
        if scattered:
            limit = fixed(decimal_of(CV_LIMIT), 2)
            yield warn("scattered", row, "item", item, round=last.number, cv=_cv(cv), limit=limit)
    if result.concordance is None:
        why = "warning.one_item" if len(last.items) < 2 else "warning.no_order"
        yield warn("no_concordance", round=last.number, why=style.text(why))
    if (missing := last.authority.count(None)) and missing < len(last.experts):
        yield warn("authority_partly", round=last.number, missing=missing, experts=len(last.experts))
    for earlier, later in pairwise(one_round.number for one_round in study.rounds):
        if later != earlier + 1:
            yield warn("round_gap", earlier=earlier, later=later)
    if one.changes and not one.changes[-1].settled:
        limits = {"w_limit": fixed(decimal_of(W_SETTLED), 2), "cv_limit": fixed(decimal_of(CV_SETTLED), 2)}
        rounds = {"earlier": study.rounds[-2].number, "later": last.number}
        yield warn("unstable", **rounds, **limits, **_change(one.changes[-1]))


def _method(study: Study) -> str:
    return study.method if isinstance(study, PairStudy) else "delphi"


def _told(circle: Circle, items: Sequence[str]) -> str:
    """Write a circle as its steps: `A > B = C > A`."""
    names = [items[index] for index in circle.items]
    marks = [">" if strict else "=" for strict in circle.strict]
    return " ".join(part for pair in zip(names, marks, strict=True) for part in pair) + f" {names[0]}"
