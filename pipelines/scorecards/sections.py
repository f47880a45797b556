"""The sections of a card beside its KPI table: waterfall, gates, bonus, held pay, changes, quality.

Belongs here: what each section prints, from a trace. Does not belong here: the KPI table (lines), the
records (records), HTML (html).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipelines.schemes.model import Effect
from pipelines.scorecards import decided, gaming_words
from pipelines.scorecards.certified import certificate_note
from pipelines.scorecards.charts import Step, waterfall_bar, waterfall_extent, waterfall_total
from pipelines.scorecards.formats import fixed, flexible, number, signed
from pipelines.scorecards.lines import LineRow
from pipelines.scorecards.size_words import score_notes
from pipelines.scorecards.words import Words
from pipelines.scoring.effects import act
from pipelines.texts import text

#: Steps that other sections of the card print already.
_SHOWN_ELSEWHERE = frozenset(
    {"veto", "gate", "gaming", "adjustment", "award", "piece_rate", "held_piece_rate", "payable"}
)


def waterfall(words: Words, trace: Mapping[str, Any], segments: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Lay the printed points of every line end to end, from zero to the printed score."""
    total = number(trace["printed_score"])
    rows = [row for segment in segments for row in segment["rows"] if row.status != "not_applicable"]
    if total is None or not rows:
        return {"rows": [], "notes": []}
    steps, at = [], Decimal(0)
    for row in rows:
        label = words.t("waterfall.alt", kpi=row.name, points=row.points, weight=fixed(row.weight_value, 2))
        steps.append(Step(at, row.points_value, row.weight_value, label))
        at += row.points_value
    given = decided.points_item(trace)
    beyond = at + sum((number(item["printed_points"]) or Decimal(0) for item in given), Decimal(0))
    extent = waterfall_extent(steps, max(total, beyond))
    drawn = [
        {
            "name": row.name,
            "window": row.window,
            "mark": row.mark,
            "bar": waterfall_bar(step, extent),
            "points": row.points,
            "delta": row.delta_text if row.delta else "",
            "up": row.delta > 0,
        }
        for row, step in zip(rows, steps, strict=True)
    ]
    for item in (*given, *rule_items(trace), *decided.calibration_item(trace)):
        points = number(item["printed_points"]) or Decimal(0)
        if points:
            drawn.append(_effect_row(words, item, at, points, extent))
            at += points
    return {
        "rows": drawn,
        "total": fixed(total, 2),
        "total_bar": waterfall_total(total, extent, words.t("waterfall.total_alt", points=fixed(total, 2))),
        "notes": [],
    }


def _effect_row(words: Words, item: Mapping[str, Any], at: Decimal, points: Decimal, extent: Decimal) -> dict[str, Any]:
    """The step of a veto, a gate or a decision of people, which stands in the waterfall as points of its own."""
    name = str(item["title"][words.lang])
    return {
        "name": name,
        "window": "",
        "mark": "gate",
        "bar": waterfall_bar(Step(at, points, Decimal(0), f"{name}: {signed(points, 2)}"), extent),
        "points": signed(points, 2),
        "delta": "",
        "up": points > 0,
    }


def rule_items(trace: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Return the vetoes, gates and deductions for gaming of all segments, each with its `kind`."""
    for segment in trace["segments"]:
        for kind in ("vetoes", "gates", "gaming"):
            for item in segment.get(kind) or ():
                yield {**item, "kind": kind}


def gates(words: Words, trace: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return one row for every veto, gate and decision of people that moves the score or the pay."""
    rows: list[dict[str, str]] = []
    for item in rule_items(trace):
        row = _rule_row(words, item)
        if row not in rows:  # a rule that says the same of two segments is printed once
            rows.append(row)
    rows += decided.rows(words, trace)
    for item in trace["bonus"]["adjustments"]:
        amount = number(item["amount"]) or Decimal(0)
        rows.append(
            {
                "label": words.t("gates.adjustment"),
                "kind": "",
                "finding": words.t(
                    "gates.adjustment_finding", reason=item.get("reason", ""), by=item.get("approved_by", "")
                ),
                "effect": ("+" if amount > 0 else "") + words.money(amount),
                "state": "adjustment",
            }
        )
    return rows


def _rule_row(words: Words, item: Mapping[str, Any]) -> dict[str, str]:
    finding = {"vetoes": _review_finding, "gates": _gate_finding, "gaming": gaming_words.finding}[item["kind"]]
    effect = _effect(words, item)
    points = number(item["printed_points"]) or Decimal(0)
    if points:
        effect = words.t("gates.points", effect=effect, points=signed(points, 2))
    return {
        "label": str(item["title"][words.lang]),
        "kind": words.t(f"gates.kind.{item['kind']}"),
        "finding": finding(words, item),
        "effect": words.t(f"gates.status.{item['status']}", effect=effect),
        "state": {"applied": "applied", "not_checked": "pending", "suspended": "pending"}.get(item["status"], "passed"),
    }


def _effect(words: Words, item: Mapping[str, Any]) -> str:
    amount = number(item["amount"])
    of = words.t("gates.of_total")
    if item["scope"] == "kpi":
        of = words.kpi(item["of"])
    elif item["scope"] == "component":
        of = words.component(item["of"])
    return words.t(f"gates.effect.{item['effect']}", of=of, amount=flexible(amount, 4) if amount is not None else "")


def _review_finding(words: Words, item: Mapping[str, Any]) -> str:
    at_least, below = (flexible(number(item[key]) or Decimal(0), 2) for key in ("at_least", "below"))
    band = words.t("gates.band", at_least=at_least, below=below)
    value = number(item["value"])
    if value is None:
        return band
    said = words.t("gates.review", value=flexible(value, 2), count=len(item["reviews"]))
    reasons = [str(review["reason"]) for review in item["reviews"] if review["reason"]] if item["applied"] else []
    return " · ".join([said, band, *reasons])


def _gate_finding(words: Words, item: Mapping[str, Any]) -> str:
    kpi, unit = words.kpi(item["kpi_id"]), words.unit(item["kpi_id"])
    is_floor = item.get("at_least") is not None
    limit, value = words.measure(item["at_least" if is_floor else "at_most"], unit), item["value"]
    if value is None:
        said = words.t("gates.floor_only" if is_floor else "gates.limit_only", kpi=kpi, limit=limit)
        why = words.reason(item["reason_code"], item["reason_params"]) if item["reason_code"] else ""
        return " · ".join(part for part in (said, why) if part)
    return words.t("gates.floor" if is_floor else "gates.limit", kpi=kpi, value=words.measure(value, unit), limit=limit)


def bonus(words: Words, trace: Mapping[str, Any]) -> dict[str, Any]:
    """Return the steps of the bonus with substituted numbers, and its totals."""
    paid = trace["bonus"]
    windows = {segment["segment_id"]: words.window(segment) for segment in trace["segments"]}
    steps = [
        {
            "label": words.step_label(step),
            "window": windows.get(step["segment_id"], "") if len(windows) > 1 else "",
            "formula": words.step_formula(step),
            "value": words.step_value(step),
        }
        for step in paid["steps"]
        if step["code"] not in _SHOWN_ELSEWHERE
    ]
    steps += decided.piece_steps(words, trace)
    totals = [("earned", paid["earned"])]
    if paid["adjustments"]:
        totals.append(("adjustments", sum((number(item["amount"]) or 0 for item in paid["adjustments"]), Decimal(0))))
    totals += decided.totals(trace)
    totals.append(("payable", paid["payable"]))
    if number(paid["held"]):
        totals.append(("held", paid["held"]))
    return {
        "steps": steps,
        "totals": [
            {"kind": kind, "label": words.t(f"bonus.{kind}"), "value": words.money(value)} for kind, value in totals
        ],
    }


def held(words: Words, trace: Mapping[str, Any], rows: Sequence[LineRow]) -> dict[str, Any]:
    """Return what is held, why, and what releases it."""
    listed = [
        {
            "name": row.name,
            "weight": row.weight,
            "why": row.reason or row.mark_text,
            "release": words.release(row.reason_code, row.line["reason_params"]),
        }
        for row in rows
        if row.status == "withheld"
    ]
    listed += [
        *gaming_words.held_rows(words, trace),
        *decided.held_pieces(words, trace),
        *decided.held_true_ups(words, trace),
    ]
    amount = number(trace["bonus"]["held"]) or Decimal(0)
    waits_for_gate = any(
        gate["status"] == "not_checked" and gate["when_withheld"] == "hold"
        for segment in trace["segments"]
        for gate in segment["gates"]
    )
    others = words.t("held.gate" if waits_for_gate else "held.others") if amount and not listed else ""
    bounds = [
        words.t("held.bounds", low=fixed(low, 2), high=fixed(high, 2))
        for segment in trace["segments"]
        if (low := number(segment["score_low"])) is not None
        and (high := number(segment["score_high"])) is not None
        and low != high
    ]
    return {
        "is_shown": bool(listed or amount),
        "rows": listed,
        "others": others,
        "bounds": bounds,
        "amount": words.money(amount),
    }


def monitors(words: Words, trace: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the KPIs that the scheme shows without paying for them."""
    rows = []
    for segment in trace["segments"]:
        window = words.window(segment) if len(trace["segments"]) > 1 else ""
        for item in segment["monitors"]:
            unit = words.unit(item["kpi_id"])
            status = "" if item["status"] == "ok" else words.known("kpi.mark", item["status"])
            why = words.reason(item["reason_code"], item["reason_params"]) if item["reason_code"] else ""
            rows.append(
                {
                    "name": " · ".join(part for part in (words.kpi(item["kpi_id"]), window) if part),
                    "value": words.measure(item["value"], unit),
                    "said": " · ".join(part for part in (status, why) if part),
                }
            )
    return rows


def changes(words: Words, rows: Sequence[LineRow]) -> list[str]:
    """Say what one more, the next point of a curve and the next step of pay would have brought (CJEU C-203/22).

    The numbers are scoring's own: the period scored again with that one reading changed.
    """
    by_line = {(row.segment_id, row.kpi_id, row.line.get("community", {}).get("id", "")): row for row in rows}
    asked = sorted(words.bundle.get("what_if", {}).get(words.trace["person_id"], []), key=_worth)
    return [_change(words, by_line[one["segment_id"], one["kpi_id"], one["community_id"]], one) for one in asked]


def _worth(one: Mapping[str, Any]) -> tuple[int, Decimal]:
    """The next step of pay, then points of curves by what they bring, then single units likewise."""
    return ("band", "next", "unit").index(one["step"]), -Decimal(one["score_gain"])


def _change(words: Words, row: LineRow, one: Mapping[str, Any]) -> str:
    step = f"unit.{row.line['direction']}" if one["step"] == "unit" else one["step"]
    gain = number(one["pay_gain"]) or Decimal(0)
    return words.t(
        f"change.{step}",
        kpi=" · ".join(part for part in (row.name, row.window) if part),
        value=words.measure(one["value"], row.line["unit"]),
        actual=row.actual,
        score=fixed(number(one["score"]) or Decimal(0), 2),
        points=signed(number(one["score_gain"]) or Decimal(0), 2),
        pay=("+" if gain >= 0 else "") + words.money(gain),
    )


def act_value(item: Mapping[str, Any], before: Decimal) -> Decimal:
    """Return a score after a veto or gate of the trace; never below 0."""
    amount = None if item["amount"] is None else Decimal(item["amount"])
    return act(Effect(effect=item["effect"], amount=amount, scope=item["scope"], of=item["of"]), before)


def no_changes(words: Words) -> str:
    """Say why there is nothing to say of another reading."""
    trace = words.trace
    if decided.calibrated(trace):
        return words.t("decided.change")
    if trace["printed_score"] is None:
        return words.t("change.not_scored")
    is_asked = trace["person_id"] in words.bundle.get("what_if", {})
    return words.t("change.none" if is_asked else "change.not_asked")


def quality(words: Words) -> list[dict[str, str]]:
    """Return what a reader must know of the data: scoring's own notes, then the findings that touch this person."""
    trace = words.trace
    noted = [*trace["notes"], *(note for segment in trace["segments"] for note in segment["notes"])]
    said = dict.fromkeys([*(words.note(note) for note in noted), *score_notes(words)])
    rows = [{"severity": "note", "tag": words.t("quality.note"), "about": "", "said": one} for one in said]
    notes = words.bundle["quality"]
    mine = [note for note in (*notes.get(trace["person_id"], ()), *notes.get("", ())) if _touches(words, note)]
    mine.sort(key=lambda note: (note["severity"] != "withhold", note["kpi_id"], note["month"], note["subject_id"]))
    for note in mine:
        about = words.kpi(note["kpi_id"]) if note["kpi_id"] else words.known("family", note["family"])
        subject = words.subject(note["subject_id"])
        rows.append(
            {
                "severity": note["severity"],
                "tag": words.t("quality.withhold" if note["severity"] == "withhold" else "quality.note"),
                "about": " · ".join(part for part in (about, subject, note["month"]) if part),
                "said": words.reason(note["reason_code"], note["reason_params"], note["message"]),
            }
        )
    certified = certificate_note(words, _kpis(words))
    if certified:
        about = text("certificate.note.about", words.lang)
        rows.append({"severity": "note", "tag": words.t("quality.note"), "about": about, "said": certified})
    return rows


def _kpis(words: Words) -> set[str]:
    groups = ("lines", "monitors", "gates")
    return {item["kpi_id"] for part in words.trace["segments"] for group in groups for item in part[group]}


def _touches(words: Words, note: Mapping[str, Any]) -> bool:
    """Tell whether a finding of the period concerns this card: its KPIs' sources and the accounts behind its records.

    Where the card has no record of a source at all, every account of that source may be the missing one.
    """
    kpis = _kpis(words)
    if note["reason_code"].startswith("gaming_"):
        return True  # evidence about a person is never kept from that person
    if note["kpi_id"]:
        return note["kpi_id"] in kpis
    if not note["family"]:
        return True
    fed = {kpi for kpi in kpis if note["family"] in words.families(kpi)}
    if not fed or not note["subject_id"]:
        return bool(fed)
    kept = words.bundle["evidence"].get(words.trace["person_id"], {})
    subjects = {row.get("subject_id", "") for kpi in fed for row in kept.get(kpi, ())}
    return not subjects or note["subject_id"] in subjects
