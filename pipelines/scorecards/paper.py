"""What of a card stands on paper: the HTML card's own view as plain data for the Typst template.

Belongs here: which parts of the view are printed, the words that paper alone needs, and every text made legible. Does
not belong here: any number or sentence of its own (view), the layout (card.typ), compiling (pdf).

The records behind the numbers are left to the HTML card and the workbook; paper has how each value is made up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pipelines.scorecards.charts import Drawing
from pipelines.scorecards.legible import code_point, legible, unprintable
from pipelines.scorecards.lines import LineRow
from pipelines.scorecards.trends import Trend

_LABELS = (
    *("waterfall.legend", "waterfall.total", "held.intro", "held.why", "held.release", "held.weight", "held.amount"),
    *("kpi.name", "kpi.weight", "kpi.levels", "kpi.actual", "kpi.chart", "kpi.score", "kpi.points", "sentence.empty"),
    *("gates.rule", "gates.finding", "gates.effect", "gates.none"),
    *("bonus.step", "bonus.formula", "bonus.value", "bonus.not_yet"),
    *("share.title", "share.state", "share.gain", "share.rate", "share.amount", "share.own", "share.held"),
    *("beside.paying", "beside.other", "beside.kpi", "beside.weight", "beside.levels", "beside.actual"),
    *("beside.kpi_score", "beside.state"),
    *("change.intro", "decided.about", "decided.filed_on", "decided.what", "decided.outcome", "decided.appeal_hint"),
    *("quality.none", "paper.evidence", "paper.evidence.kpi", "paper.evidence.made", "paper.results"),
    *("section.respond", "section.sign", "sign.date"),
    *(f"section.{name}" for name in ("waterfall", "kpis", "monitors", "gates", "bonus", "shares", "beside", "held")),
    *(f"section.{name}" for name in ("change", "appeals", "evidence", "quality", "verify")),
)
_AS_THEY_ARE = (
    *("lang", "title", "company", "name", "other_name", "is_long", "state", "is_draft", "correction", "facts", "tiles"),
    *(
        "sentences",
        "waterfall",
        "segments",
        "rollup",
        "monitors",
        "gates",
        "bonus",
        "shares",
        "beside",
        "held",
        "changes",
    ),
    *("no_changes", "appeals", "respond", "signatures", "quality", "footer"),
)
_OF_LINE = (
    *(
        "name",
        "window",
        "component",
        "direction",
        "mark",
        "mark_text",
        "sign",
        "weight",
        "levels",
        "target_source",
        "actual",
    ),
    *("records", "score", "points", "reason", "note", "chart", "trend"),
)


def paper_data(view: Mapping[str, Any], running: Mapping[str, str]) -> dict[str, Any]:
    """Return everything that the template prints, as plain JSON types and in characters that the fonts have.

    Args:
        view: the card as `view.card_view` made it.
        running: `period`, `person_id`, `revision` and `results` (`results_sha256` of the manifest), for every page.
    """
    t: Callable[..., str] = view["t"]
    data: dict[str, Any] = _plain({name: view[name] for name in _AS_THEY_ARE})
    data["evidence"] = [{name: group[name] for name in ("name", "summary")} for group in view["evidence"]["groups"]]
    data["eyebrow"] = t("eyebrow")
    data["labels"] = {key: t(key) for key in _LABELS}
    data["page"] = t("paper.page", page="{page}", pages="{pages}")
    lost: set[str] = set()
    _map(data, lambda said: lost.update(unprintable(said)))
    data["lost"] = t("paper.lost", codes=" ".join(sorted(map(code_point, lost)))) if lost else ""
    # a hash stays in one piece, the id may be of any letters
    return {**_map(data, legible), "running": {**running, "person_id": legible(running["person_id"])}}


def _plain(value: Any) -> Any:
    """Return a part of the view as JSON types."""
    if isinstance(value, Drawing):
        bars = [[bar.kind, round(bar.x, 1), bar.y, round(bar.width, 1), bar.height] for bar in value.bars]
        lines = [[[round(x, 1), round(y, 1)] for x, y in line] for line in value.lines]
        return {"width": value.width, "height": value.height, "bars": bars, "lines": lines}
    if isinstance(value, Trend):
        return {"chart": _plain(value.chart), "before": value.before}
    if isinstance(value, LineRow):
        return {name: _plain(getattr(value, name)) for name in _OF_LINE}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _map(value: Any, change: Callable[[str], Any]) -> Any:
    """Return plain data with every text in it changed, but for the names of mappings."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _map(one, change) for key, one in value.items()}
    if isinstance(value, list):
        return [_map(one, change) for one in value]
    return value
