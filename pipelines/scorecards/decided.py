"""What a card says of people's decisions and of amounts beside the bonus: points, calibration, awards, pieces, appeals.

Belongs here: their rows in the waterfall, the table of adjustments, the bonus, held pay and appeals. Does not belong
here: what a decision does (`scoring.decisions`), the other sections (`sections`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pipelines.scorecards.formats import flexible, separated, signed
from pipelines.scorecards.words import Words
from pipelines.texts import LANGUAGES, text

#: Kinds of amounts beside the bonus -> the column that sums them, in the order in which they are printed.
EXTRA_COLUMNS = {
    "award": "awards",
    "piece_rate": "piece_rates",
    "true_up": "true_ups",
    "guarantee": "guarantees",
}


def extras(trace: Mapping[str, Any], kind: str | None = None) -> list[Mapping[str, Any]]:
    """Return the amounts beside the bonus, of one kind or of all."""
    return [item for item in trace["bonus"].get("extras", ()) if kind is None or item["kind"] == kind]


def extra_sums(trace: Mapping[str, Any]) -> dict[str, Decimal]:
    """Return what each kind of amount beside the bonus comes to, by column name; 0 where there is none."""
    return {
        column: sum((Decimal(item["amount"]) for item in extras(trace, kind)), Decimal(0))
        for kind, column in EXTRA_COLUMNS.items()
    }


def granted(trace: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the bonus points of the segments that take some."""
    return [segment["bonus_points"] for segment in trace["segments"] if "bonus_points" in segment]


def calibrated(trace: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the calibration decision that holds, or None."""
    decision = trace.get("calibration")
    return decision if decision and decision["status"] == "applied" else None


def computed_score(segment: Mapping[str, Any]) -> str | None:
    """Return the score of a segment before calibration."""
    score: str | None = segment.get("computed_score", segment["score"])
    return score


def printed_points(trace: Mapping[str, Any]) -> Iterator[Decimal]:
    """Yield what decisions add to the printed score."""
    for points in granted(trace):
        yield Decimal(points["printed_points"] or 0)
    decision = calibrated(trace)
    if decision is not None:
        yield Decimal(decision["printed_points"])


def points_item(trace: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the bonus points of all segments as one step of the waterfall."""
    total = sum((Decimal(points["printed_points"] or 0) for points in granted(trace)), Decimal(0))
    return [_step("decided.points", total)] if granted(trace) else []


def calibration_item(trace: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return an applied calibration as the last step of the waterfall."""
    decision = calibrated(trace)
    return [_step("decided.calibration", Decimal(decision["printed_points"]))] if decision else []


def _step(key: str, points: Decimal) -> dict[str, Any]:
    return {"title": {lang: text(f"cards.{key}", lang) for lang in LANGUAGES}, "printed_points": str(points)}


def rows(words: Words, trace: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return one row of the table of adjustments for each grant of points, calibration and award."""
    return [*_points_rows(words, trace), *_calibration_row(words, trace), *_award_rows(words, trace)]


def _points_rows(words: Words, trace: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    told: list[dict[str, str]] = []
    for points in granted(trace):
        counted, whole = Decimal(points["counted"]), Decimal(points["granted"])
        effect = words.t("decided.points_effect", points=signed(counted, 2))
        if counted < whole:
            effect = words.t(
                "decided.points_capped", points=signed(counted, 2), granted=flexible(whole, 2),
                max=flexible(Decimal(points["max"]), 2),
            )  # fmt: skip
        finding = " · ".join(
            words.t("decided.points_item", **{**item, "points": flexible(Decimal(item["points"]), 2)})
            for item in points["items"]
        )
        row = _row(words.t("decided.points"), finding, effect)
        if row not in told:  # every segment has the person's points; they are printed once
            told.append(row)
    yield from told


def _calibration_row(words: Words, trace: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    decision = trace.get("calibration")
    if not decision:
        return
    finding = words.t(
        "decided.calibration_finding", seen=decision["seen"], decided=decision["decided"], reason=decision["reason"],
        by=decision["decided_by"],
    )  # fmt: skip
    if decision["meeting"]:
        finding = " · ".join([finding, words.t("decided.meeting", meeting=decision["meeting"])])
    effect = words.t(
        f"decided.calibration.{decision['status']}", computed=decision["computed"], decided=decision["decided"]
    )
    if calibrated(trace):
        effect = words.t("gates.points", effect=effect, points=signed(Decimal(decision["printed_points"]), 2))
    yield _row(words.t("decided.calibration"), finding, effect, "adjustment" if calibrated(trace) else "pending")


def _award_rows(words: Words, trace: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for item in extras(trace, "award"):
        finding = words.t("decided.award_finding", reason=item["reason"], by=item["approved_by"])
        yield _row(words.t("decided.award", award=item["award"]), finding, "+" + words.money(item["amount"]))


def _row(label: str, finding: str, effect: str, state: str = "adjustment") -> dict[str, str]:
    return {"label": label, "kind": "", "finding": finding, "effect": effect, "state": state}


def piece_steps(words: Words, trace: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return pay by the piece as steps of the bonus, with the numbers put in."""
    windows = {segment["segment_id"]: words.window(segment) for segment in trace["segments"]}
    return [
        {
            "label": str(item["title"][words.lang]),
            "window": windows.get(item["segment_id"], "") if len(windows) > 1 else "",
            "formula": words.t(
                "bonus.piece_formula", kpi=words.kpi(item["kpi_id"]), formula=separated(item["reason"]) or "–"
            ),
            "value": words.money(item["amount"]),
        }
        for item in extras(trace, "piece_rate")
    ]


def decided_kpis(trace: Mapping[str, Any]) -> Iterator[str]:
    """Yield the KPIs that decisions and piece rates name, beside those of the lines."""
    yield from (item["kpi_id"] for item in extras(trace, "piece_rate"))
    yield from (item["kpi_id"] for item in trace.get("appeals", ()) if item["kpi_id"])


def totals(trace: Mapping[str, Any]) -> list[tuple[str, Decimal]]:
    """Return the sums beside the bonus that there are, by their text key."""
    sums = extra_sums(trace)
    return [(column, sums[column]) for kind, column in EXTRA_COLUMNS.items() if extras(trace, kind)]


def held_pieces(words: Words, trace: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the piece rates whose data is withheld, as rows of held pay."""
    return [
        {
            "name": str(item["title"][words.lang]),
            "weight": words.money(item["held"]) if item["cap"] is not None else "–",
            "why": words.reason(item["reason_code"], item["reason_params"]),
            "release": words.release(item["reason_code"], item["reason_params"]),
        }
        for item in extras(trace, "piece_rate")
        if item["status"] == "withheld"
    ]


def held_true_ups(words: Words, trace: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the true-ups that wait for a seal, or of which a part is open, as rows of held pay."""
    rows = []
    for item in extras(trace, "true_up"):
        waits = item["status"] == "waits"
        if waits or Decimal(item["held"]):
            said = {"months": ", ".join(item["missing"])}
            rows.append(
                {
                    "name": words.t("bonus.true_ups"),
                    "weight": "–" if waits else words.money(item["held"]),
                    "why": words.t("true_up.waits" if waits else "true_up.open", **said),
                    "release": words.t("true_up.release_waits" if waits else "true_up.release_open", **said),
                }
            )
    return rows


def appeals(words: Words, trace: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return one row for every appeal, the open ones first."""
    given = sorted(trace.get("appeals", ()), key=lambda item: item["outcome"] != "open")
    return [
        {
            "about": _about(words, item),
            "what": item["what"],
            "filed_on": item["filed_on"],
            "outcome": _outcome(words, item),
            "state": "pending" if item["outcome"] == "open" else "passed",
        }
        for item in given
    ]


def _about(words: Words, item: Mapping[str, Any]) -> str:
    if item.get("incident"):
        return words.t("gaming.about", incident=item["incident"])
    return words.kpi(item["kpi_id"]) if item["kpi_id"] else words.t("decided.whole_card")


def _outcome(words: Words, item: Mapping[str, Any]) -> str:
    outcome = words.t(f"decided.outcome.{item['outcome']}")
    if not item["decided_by"]:
        return " · ".join(part for part in (outcome, item["reason"]) if part)
    return words.t("decided.outcome_by", outcome=outcome, reason=item["reason"], by=item["decided_by"])


def appeal_sentence(words: Words, trace: Mapping[str, Any]) -> list[str]:
    """Say at the head of the card what is under appeal."""
    about = [_about(words, item) for item in trace.get("appeals", ()) if item["outcome"] == "open"]
    if not about:
        return []
    comma = "、" if words.lang == "zh" else ", "
    return [words.t("decided.sentence", what=comma.join(dict.fromkeys(about)))]


def appeal_note(words: Words, kpi_id: str) -> str:
    """Say at a KPI that it is under appeal; empty when it is not."""
    for item in words.trace.get("appeals", ()):
        if item["outcome"] == "open" and item["kpi_id"] == kpi_id:
            return words.t("decided.under_appeal", filed_on=item["filed_on"])
    return ""
