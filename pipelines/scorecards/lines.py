"""One KPI line of a card: what it is, how it stands against its target, and what it brought.

Belongs here: the row of the KPI table, used again by the waterfall, the sentences, held pay and the evidence.
Does not belong here: other sections (sections), geometry (charts).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipelines.scorecards import decided
from pipelines.scorecards.charts import NO_DRAWING, Drawing, bullet
from pipelines.scorecards.formats import NO_VALUE, fixed, flexible, number, period_label, signed
from pipelines.scorecards.gaming_words import left_out
from pipelines.scorecards.shock_words import shock_note
from pipelines.scorecards.size_words import size_note
from pipelines.scorecards.trends import Trend, trend_of
from pipelines.scorecards.words import Words

MARKS = {
    "met": "●",
    "above": "▲",
    "below": "▼",
    "withheld": "◆",
    "not_applicable": "○",
}


@dataclass(frozen=True)
class LineRow:
    """A KPI line ready to be printed; `delta` is the points gained or lost against target, zero when not scored."""

    kpi_id: str
    segment_id: str
    window: str
    name: str
    component: str
    direction: str
    status: str
    mark: str
    mark_text: str
    weight: str
    levels: list[tuple[str, str]]
    target_source: str
    actual: str
    records: str
    score: str
    points: str
    points_value: Decimal
    weight_value: Decimal
    delta: Decimal
    reason: str
    reason_code: str
    note: str
    chart: Drawing
    trend: Trend
    line: Mapping[str, Any]

    @property
    def is_scored(self) -> bool:
        """Whether the line took part in the score."""
        return self.status in {"ok", "provisional"} and self.line["kpi_score"] is not None

    @property
    def own_delta(self) -> Decimal:
        """The points gained or lost against target by the value alone, before what a veto or gate took off this KPI."""
        before, after = number(self.line["kpi_score_before"]), number(self.line["kpi_score"])
        if before is None or before == after:
            return self.delta
        return self.weight_value * (before - 100) / 100

    @property
    def sign(self) -> str:
        """The sign that stands beside the result in words, so that colour is never alone."""
        return MARKS[self.mark]

    @property
    def delta_text(self) -> str:
        """The points gained or lost against target, with a sign."""
        return signed(self.delta, 2)


def line_row(words: Words, segment: Mapping[str, Any], line: Mapping[str, Any]) -> LineRow:
    """Build the row of one KPI line of one segment."""
    unit = line["unit"]
    name = words.line(line)
    levels = [
        (words.t(f"kpi.{level}"), words.measure(line[level], unit))
        for level in ("threshold", "target", "stretch")
        if number(line[level]) is not None
    ]
    actual = words.measure(line["value"], unit)
    mark = _mark(line)
    mark_text = words.t(f"kpi.mark.{mark}")
    if line["status"] == "provisional":
        mark_text += f" · {words.t('kpi.mark.provisional')}"
    points = number(line["printed_points"])
    weight = at_target_points(words.trace, segment, line)
    kpi_score = number(line["kpi_score"])
    heard = [(words.t("kpi.actual_word"), actual), *levels]
    chart = bullet(
        number(line["value"]),
        number(line["threshold"]),
        number(line["target"]),
        number(line["stretch"]),
        line["direction"],
        words.t("kpi.bullet_alt", kpi=name, levels=", ".join(f"{label} {value}" for label, value in heard)),
    )
    return LineRow(
        kpi_id=line["kpi_id"],
        segment_id=segment["segment_id"],
        window=words.window(segment) if len(words.trace["segments"]) > 1 else "",
        name=name,
        component=words.component(line["component"]),
        direction=words.known("kpi", f"better_{line['direction']}"),
        status=line["status"],
        mark=mark,
        mark_text=mark_text,
        weight=flexible(number(line["weight"]) or Decimal(0), 2),
        levels=levels,
        target_source=_target_source(words, line["target_source"]),
        actual=actual,
        records=words.t("kpi.records", count=f"{int(line['n_records'] or 0):,}"),
        score=fixed(kpi_score, 2) if kpi_score is not None else NO_VALUE,
        points=fixed(points, 2) if points is not None else NO_VALUE,
        points_value=points or Decimal(0),
        weight_value=weight,
        delta=(points - weight) if points is not None and kpi_score is not None else Decimal(0),
        reason=words.reason(line["reason_code"], line["reason_params"]) if line["reason_code"] else "",
        reason_code=line["reason_code"] or "",
        note=" · ".join(one for one in (_note(words, line), decided.appeal_note(words, line["kpi_id"])) if one),
        chart=chart if line["direction"] != "zero" else NO_DRAWING,
        trend=trend_of(words, line, line_key(line)),
        line=line,
    )


def at_target_points(trace: Mapping[str, Any], segment: Mapping[str, Any], line: Mapping[str, Any]) -> Decimal:
    """Return what the line would bring to the printed score at exactly 100 points.

    That is its effective weight over the known weight, times the segment's share of the scored days.
    """
    known = number(segment["known_weight"])
    if line["kpi_score"] is None or not known:
        return Decimal(0)
    days = sum(int(part["eligible_days"]) for part in trace["segments"] if part["score"] is not None)
    weight = number(line["effective_weight"]) or Decimal(0)
    return weight / known * 100 * int(segment["eligible_days"]) / days


def _mark(line: Mapping[str, Any]) -> str:
    if line["status"] in {"withheld", "not_applicable"}:
        return str(line["status"])
    value, target = number(line["value"]), number(line["target"])
    if value is None or target is None:
        score = number(line["kpi_score"])
        return "below" if score is not None and score < 100 else "met"
    if value == target:
        return "met"
    better = value > target if line["direction"] == "higher" else value < target
    return "above" if better else "below"


def _target_source(words: Words, source: str) -> str:
    """Say where a target stands: the scheme's default, or a row of a file."""
    if not source:
        return ""
    file, row, number_of_row = source.rpartition(" row ")
    if row:
        return words.t("kpi.target_row", file=file, row=number_of_row)
    return words.t("kpi.target_scheme") if source == "scheme" else source


def carried_period(line: Mapping[str, Any]) -> str:
    """Return the longer period whose reading a line carries, such as 2026-Q3; empty for a reading of its own."""
    carried = line.get("carried")
    return str(carried["period"]) if carried else ""


def line_key(line: Mapping[str, Any]) -> str:
    """Return what a line is about: its KPI, with the community where it is about a single one (`kpi@community`)."""
    community = line.get("community")
    return f"{line['kpi_id']}@{community['id']}" if community else str(line["kpi_id"])


def is_of_team(line: Mapping[str, Any]) -> bool:
    """Whether the number is the whole team's, so that this person's records do not add up to it."""
    return line.get("measured_on") == "team"


def _note(words: Words, line: Mapping[str, Any]) -> str:
    parts = (
        _community(words, line),
        _channels(words, line),
        _effects(words, line),
        size_note(words, line),
        shock_note(words, line),
        left_out(words, line),
    )
    return " · ".join(part for part in parts if part)


def _channels(words: Words, line: Mapping[str, Any]) -> str:
    """Say what each channel cost, weighs and reaches, where a cost is weighed by channel."""
    return " · ".join(
        words.t(
            "kpi.channel" if one["value"] is not None else "kpi.channel_without",
            channel=one["channel"],
            value=words.measure(one["value"], line["unit"]),
            spend=words.money(Decimal(one["spend"]).quantize(Decimal("0.01"))),
            target=words.measure(one["target"], line["unit"]),
            weight=flexible(number(one["weight"]) or Decimal(0), 2),
            attained=flexible(number(one["attainment"]) or Decimal(0), 2),
        )
        for one in line.get("channels", ())
    )


def _community(words: Words, line: Mapping[str, Any]) -> str:
    """Say what kind of community a line is about and how much of the person's community days it is."""
    community = line.get("community")
    if not community:
        return ""
    return words.t(
        "kpi.community",
        type=words.known("community_type", community["type"]),
        stage=words.known("community_stage", community["stage"]),
        share=flexible((number(community["share"]) or Decimal(0)) * 100, 1),
    )


def _effects(words: Words, line: Mapping[str, Any]) -> str:
    carried = carried_period(line)
    if carried:
        return words.t("kpi.carried", period=period_label(carried, words.lang))
    before = number(line["kpi_score_before"])
    if before is not None and before != number(line["kpi_score"]):
        return words.t("kpi.before_effects", score=fixed(before, 2))
    if line["status"] != "not_applicable":
        return words.t("kpi.of_team") if is_of_team(line) else ""
    return words.t("kpi.redistributed", weight=flexible(number(line["weight"]) or Decimal(0), 2))
