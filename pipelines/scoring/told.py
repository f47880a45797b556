"""How rules, readings and points of curves are written into a trace: plain JSON types, sorted keys.

Belongs here: what several records of the trace write alike. Does not belong here: the records (`trace`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pipelines.schemes.blocks import Label
from pipelines.schemes.model import Gate, Veto
from pipelines.scoring.curves import Anchor
from pipelines.scoring.effects import APPLIED, Decision
from pipelines.scoring.gaming import Deduction
from pipelines.scoring.inputs import KpiReading
from pipelines.scoring.numbers import money, plain


def anchor(anchor: Anchor | None) -> list[str | None] | None:
    """Return a point of a curve for the trace."""
    return None if anchor is None else [plain(anchor[0]), plain(anchor[1])]


def label(label: Label) -> dict[str, str]:
    """Return a text in both languages."""
    return {"en": label.en, "zh": label.zh}


def params(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a reason, sorted and without Decimals."""
    return {key: plain(value) if isinstance(value, Decimal) else value for key, value in sorted(dict(params).items())}


def monitor(reading: KpiReading) -> dict[str, Any]:
    """Return a reading that is shown and pays nothing."""
    return {
        "denominator": plain(reading.denominator),
        "kpi_id": reading.kpi_id,
        "n_records": reading.n_records,
        "numerator": plain(reading.numerator),
        "reason_code": reading.reason_code,
        "reason_params": params(reading.reason_params),
        "status": reading.status,
        "value": plain(reading.value),
    }


def effect_dict(decision: Decision) -> dict[str, Any]:
    """Return what vetoes and gates have in common."""
    rule = decision.rule
    return {
        "amount": plain(rule.amount),
        "applied": decision.state == APPLIED,
        "effect": rule.effect,
        "id": rule.id,
        "of": rule.of,
        "points": plain(decision.points),
        "printed_points": money(decision.printed),
        "req": rule.req,
        "scope": rule.scope,
        "status": decision.status,
        "title": label(rule.title),
        "value": plain(decision.value),
    }


def veto_dict(decision: Decision) -> dict[str, Any]:
    """Return a veto with its reviews."""
    rule = decision.rule
    band = {"at_least": plain(rule.at_least), "below": plain(rule.below)} if isinstance(rule, Veto) else {}
    reviews = [
        {"reason": review.reason, "reviewer_id": review.reviewer_id, "score": plain(review.score)}
        for review in decision.reviews
    ]
    return dict(sorted((effect_dict(decision) | band | {"reviews": reviews}).items()))


def gaming_dict(decision: Decision) -> dict[str, Any]:
    """Return a deduction for gaming with its incidents."""
    rule = decision.rule
    bounds = (
        {"cap": plain(rule.cap), "each": plain(rule.points), "max": plain(rule.max)}
        if isinstance(rule, Deduction)
        else {}
    )
    incidents = {"incidents": [one.to_dict() for one in decision.incidents]}
    return dict(sorted((effect_dict(decision) | bounds | incidents).items()))


def bound(gate: Gate) -> dict[str, str | None]:
    """Return the one bound of a gate."""
    return {"at_most": plain(gate.at_most)} if gate.at_least is None else {"at_least": plain(gate.at_least)}


def gate_dict(decision: Decision) -> dict[str, Any]:
    """Return a gate with the reading that decided it."""
    rule, reading = decision.rule, decision.reading
    gate: dict[str, Any] = (
        {"kpi_id": rule.kpi, "when_withheld": rule.when_withheld, **bound(rule)} if isinstance(rule, Gate) else {}
    )
    why = {
        "reason_code": reading.reason_code if reading else "no_reading",
        "reason_params": params(reading.reason_params) if reading else {},
    }
    if decision.is_too_close:
        gate["too_close"] = True
    return dict(sorted((effect_dict(decision) | gate | why).items()))
