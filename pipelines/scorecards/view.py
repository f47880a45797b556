"""One person's trace turned into what a card shows: translated words and formatted numbers, nothing computed anew.

Belongs here: the content of a card, in the order in which it is read. Does not belong here: HTML (html), the
workbook (workbook), any scoring. Numbers on the card are the trace's own; only differences and sums of printed
numbers are formed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipelines.scorecards import decided, lines, records, sections
from pipelines.scorecards.beside_card import beside
from pipelines.scorecards.formats import MINUS, fixed, money, number, period_label
from pipelines.scorecards.respond import respond, signatures
from pipelines.scorecards.shares import shares
from pipelines.scorecards.trends import score_change
from pipelines.scorecards.words import Words
from pipelines.texts import text

_A_CENT = Decimal("0.005")  # less does not show in two decimals
_LONG_NAME = 40  # characters; a longer name is set smaller


@dataclass(frozen=True)
class Edition:
    """Which edition of a period's cards is rendered.

    `revision` is None for a draft. `previous` is (revision, SHA-256 of its manifest) when the period was sealed
    before.
    """

    revision: int | None = None
    previous: tuple[int, str] | None = None

    @property
    def label(self) -> str:
        """The last part of a file name: `draft` or `r1`."""
        return "draft" if self.revision is None else f"r{self.revision}"


def card_view(bundle: Mapping[str, Any], trace: Mapping[str, Any], edition: Edition, lang: str) -> dict[str, Any]:
    """Return everything that the HTML template prints for one person in one language."""
    words = Words(bundle, trace, lang)
    segments = [_segment(words, segment) for segment in trace["segments"]]
    rows = [row for segment in segments for row in segment["rows"]]
    period = period_label(trace["period"], lang)
    return {
        "lang": "zh-CN" if lang == "zh" else "en",
        "title": text("cards.title", lang, name=words.name, period=period),
        "company": bundle["company"]["name"],
        "name": words.name,
        "other_name": words.other_name,
        "is_long": len(words.name) + len(words.other_name) > _LONG_NAME,
        "state": state_label(edition, lang),
        "is_draft": edition.revision is None,
        "correction": _correction(edition, lang),
        "facts": _facts(words, trace, period),
        "tiles": _tiles(words, trace, rows),
        "sentences": _sentences(words, trace, rows),
        "waterfall": sections.waterfall(words, trace, segments),
        "segments": segments,
        "rollup": _rollup(words, trace),
        "monitors": sections.monitors(words, trace),
        "gates": sections.gates(words, trace),
        "bonus": sections.bonus(words, trace),
        "shares": shares(words),
        "beside": beside(words),
        "held": sections.held(words, trace, rows),
        "changes": sections.changes(words, rows),
        "no_changes": sections.no_changes(words),
        "appeals": decided.appeals(words, trace),
        "respond": respond(words, edition.revision is None),
        "signatures": signatures(words),
        "evidence": records.evidence(words, rows),
        "quality": sections.quality(words),
        "footer": _footer(words, trace, edition),
        "t": lambda key, **params: text(f"cards.{key}", lang, **params),
    }


def state_label(edition: Edition, lang: str) -> str:
    """Name the state of an edition."""
    if edition.revision is None:
        return text("cards.state.draft", lang)
    return text("cards.state.sealed", lang, revision=edition.revision)


def _segment(words: Words, segment: Mapping[str, Any]) -> dict[str, Any]:
    start, end = words.days(segment)
    # the level is said where it is what changed
    levels = {part["level"] for part in words.trace["segments"]}
    role = words.role(segment["role"])
    heading = words.t(
        "segment.heading",
        start=start,
        end=end,
        role=f"{role} {segment['level']}" if len(levels) > 1 and segment["level"] else role,
        team=words.team(segment["team_id"]),
    )
    score = number(segment["score"])
    return {
        "heading": heading,
        "days": words.t("segment.days", days=segment["eligible_days"]),
        "score": None if score is None else words.t("segment.score", score=fixed(score, 2)),
        "several": len(words.trace["segments"]) > 1,
        "rows": [lines.line_row(words, segment, line) for line in segment["lines"]],
    }


def _correction(edition: Edition, lang: str) -> str | None:
    if edition.previous is None:
        return None
    revision, digest = edition.previous
    return text("cards.correction", lang, revision=revision, hash=digest)


def _facts(words: Words, trace: Mapping[str, Any], period: str) -> list[tuple[str, str]]:
    last = trace["segments"][-1] if trace["segments"] else {}
    scheme = words.t("head.scheme_value", title=words.scheme_title, version=trace["scheme"]["version"])
    facts = [
        (words.t("head.id"), trace["person_id"]),
        (words.t("head.period"), period),
        (words.t("head.role"), words.role(last.get("role", ""))),
        (words.t("head.level"), last.get("level", "")),
        (words.t("head.team"), words.team(last.get("team_id", ""))),
        (words.t("head.scheme"), scheme),
    ]
    return [(label, value) for label, value in facts if value]


def _tiles(words: Words, trace: Mapping[str, Any], rows: Sequence[lines.LineRow]) -> list[dict[str, Any]]:
    score = number(trace["printed_score"])
    scored = [row for row in rows if row.is_scored]
    bonus = trace["bonus"]
    held = number(bonus["held"]) or Decimal(0)
    notes = [words.t("tile.bonus_target", amount=words.money(bonus["target"]))]
    if held:
        notes.insert(0, words.t("tile.bonus_held", amount=words.money(held)))
    score_notes = [words.t("tile.score_note" if score is not None else "tile.score_none")]
    if decision := decided.calibrated(trace):
        score_notes.insert(0, words.t("decided.tile", computed=decision["computed"]))
    if change := score_change(words):
        score_notes.append(change)
    return [
        {
            "kind": "score",
            "label": words.t("tile.score"),
            "value": fixed(score, 2) if score is not None else "–",
            "notes": score_notes,
        },
        {
            "kind": "kpis",
            "label": words.t("tile.kpis"),
            "value": words.t(
                "tile.kpis_value", met=sum(row.mark in {"met", "above"} for row in scored), scored=len(scored)
            ),
            "notes": [
                words.t(
                    "tile.kpis_note",
                    withheld=sum(row.status == "withheld" for row in rows),
                    not_applicable=sum(row.status == "not_applicable" for row in rows),
                )
            ],
        },
        {
            "kind": "bonus",
            "label": words.t("tile.bonus"),
            "value": money(number(bonus["payable"]), words.lang, words.currency),
            "notes": notes,
        },
    ]


def _sentences(words: Words, trace: Mapping[str, Any], rows: Sequence[lines.LineRow]) -> list[str]:
    """Say in one sentence what cost and what brought most; a second one tells of held pay."""
    said = []
    applied = {item["kind"] for item in sections.rule_items(trace) if item.get("applied")}
    if applied - {"gaming"}:
        said.append(words.t("sentence.veto"))
    if "gaming" in applied:
        said.append(words.t("gaming.sentence"))
    moved: dict[str, Decimal] = {}
    for row in rows:
        moved[row.name] = moved.get(row.name, Decimal(0)) + row.own_delta
    missed = sorted((delta, name) for name, delta in moved.items() if fixed(delta, 2).startswith(MINUS))[:2]
    beaten = sorted((-delta, name) for name, delta in moved.items() if delta >= _A_CENT)[:2]
    clauses = [
        words.t(key, kpi=name, points=fixed(abs(delta), 2))
        for key, found in (("sentence.missed", missed), ("sentence.beaten", beaten))
        for delta, name in found
    ]
    if clauses:
        said.append(words.t("sentence.join").join(clauses) + words.t("sentence.end"))
    elif any(row.is_scored for row in rows):
        said.append(words.t("sentence.even"))
    else:
        said.append(words.t("sentence.empty"))
    held = sum(row.status == "withheld" for row in rows)
    if held:
        said.append(words.t("sentence.held", count=held))
    return said + decided.appeal_sentence(words, trace)


def _rollup(words: Words, trace: Mapping[str, Any]) -> str | None:
    parts = [
        (number(segment["score"]), segment["eligible_days"])
        for segment in trace["segments"]
        if number(segment["score"]) is not None
    ]
    if len(trace["segments"]) < 2 or not parts or trace["printed_score"] is None:
        return None
    days = sum(int(count) for _, count in parts)
    top = " + ".join(f"{fixed(score or Decimal(0), 2)} × {count}" for score, count in parts)
    score = fixed(Decimal(str(trace["printed_score"])), 2)
    return words.t("segment.rollup", formula=f"({top}) / {days}", score=score)


def _footer(words: Words, trace: Mapping[str, Any], edition: Edition) -> dict[str, Any]:
    versions = words.bundle["versions"]
    facts = [
        (words.t("verify.scheme"), f"{trace['scheme']['id']} · {trace['scheme']['version']}"),
        (words.t("verify.code"), versions.get("code", "–")),
        (words.t("verify.data"), words.bundle["data_version"]),
        (words.t("verify.inputs"), str(words.bundle["n_inputs"])),
    ]
    if edition.previous:
        facts.append((words.t("verify.previous"), edition.previous[1]))
    return {
        "facts": facts,
        "text": words.t("verify.text", period=trace["period"], person=trace["person_id"]),
        "manifest": words.t("verify.manifest"),
    }
