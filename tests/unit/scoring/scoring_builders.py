"""Builders for scoring tests: one small scheme, and readings made of plain numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pipelines.periods import parse_period
from pipelines.schemes.model import Scheme
from pipelines.scoring import KpiReading, PeriodResult, SegmentInput, score_period
from pipelines.scoring.inputs import OPEN_END

MONTH = parse_period("2026-10")
WHY = {"zh": "因为", "en": "because"}
TEAM, QUALITY, PACE = "team_impressions", "engagement_rate_original", "first_reply_minutes_p50"


def kpi(direction: str = "higher", aggregation: str = "sum", **more: Any) -> dict[str, Any]:
    rule = {
        "req": "000-K06",
        "dimension": "growth",
        "method": "baseline",
        "curve": "golden",
        "why": WHY,
        "direction": direction,
        "unit": "count",
        "aggregation": aggregation,
        "default_target": {"target": 100, "why": WHY},
    }
    return rule | more


def scheme_data(**more: Any) -> dict[str, Any]:
    """A scheme with a team part of 40 and a role part of 60, and the golden curve of scoring.md section 2."""
    data: dict[str, Any] = {
        "scheme_id": "t",
        "version": "1.0.0",
        "effective_from": date(2026, 1, 1),
        "title": {"zh": "测试", "en": "Test"},
        "dimensions": {
            "growth": {"title": WHY, "req": "000-R6", "why": WHY},
            "conversion": {"title": WHY, "req": "000-R6", "why": WHY},
        },
        "curves": {"golden": {"kind": "linear", "points": [(80, 50), (100, 100), (120, 150)], "why": WHY}},
        "kpis": {
            TEAM: kpi(),
            QUALITY: kpi(aggregation="ratio_of_sums"),
            PACE: kpi("lower", "distribution", default_target={"target": 100, "baseline": 200, "why": WHY}),
        },
        "roles": {
            "content": {
                "title": WHY,
                "req": "000-R3",
                "why": WHY,
                "components": [
                    {"id": "team", "title": WHY, "req": "000-R2", "weight": 40, "kpis": {TEAM: 40}, "why": WHY},
                    {
                        "id": "role",
                        "title": WHY,
                        "req": "000-R2",
                        "weight": 60,
                        "kpis": {QUALITY: 40, PACE: 20},
                        "why": WHY,
                    },
                ],
            }
        },
        "vetoes": [],
        "gates": [],
        "pool": {
            "req": "000-I1",
            "title": WHY,
            "shares": {"month": 100, "quarter": 0, "year": 0, "why": WHY},
            "kpis": {TEAM: 100},
            "attainment_cap": 150,
            "factor": {"kind": "step", "points": [(0, 60), (80, 80), (100, 100), (120, 120)], "why": WHY},
            "points": "score",
            "personal_cap": {"kind": "linear", "points": [(0, 0), (100, 1000)], "why": WHY},
            "why": WHY,
        },
    }
    return data | more


def make_scheme(**more: Any) -> Scheme:
    return Scheme.model_validate(scheme_data(**more))


def veto(**more: Any) -> dict[str, Any]:
    rule = {
        "id": "quality", "title": WHY, "req": "000-R1", "source": "content_quality_review", "below": 60,
        "effect": "zero", "scope": "total", "why": WHY,
    }  # fmt: skip
    return rule | more


def gate(**more: Any) -> dict[str, Any]:
    rule = {
        "id": "security", "title": WHY, "req": "000-K22", "kpi": "security_incidents", "at_most": 0,
        "when_withheld": "pass", "effect": "zero", "scope": "total", "why": WHY,
    }  # fmt: skip
    return rule | more


def reading(kpi_id: str, value: Any) -> KpiReading:
    """A number is an ok reading; a status is a reading without a value."""
    if isinstance(value, str):
        return KpiReading(kpi_id, None, status=value, reason_code="gap")
    return KpiReading(kpi_id, Decimal(value), n_records=1)


def segment(person: str, values: Mapping[str, Any], days: int = 31, **more: Any) -> SegmentInput:
    fields: dict[str, Any] = {
        "segment_id": "2026-01-01",
        "valid_from": date(2026, 1, 1),
        "valid_to": OPEN_END,
        "eligible_days": days,
        "period_days": 31,
        "role": "content",
        "level": "P3",
        "team_id": "x",
        "scheme_id": "t",
        "bonus_base": Decimal(1000),
        "readings": {name: reading(name, value) for name, value in values.items()},
    }
    return SegmentInput(person_id=person, **(fields | more))


def run(segments: list[SegmentInput], scheme: Scheme | None = None, **more: Any) -> PeriodResult:
    return score_period(more.pop("period", MONTH), "CNY", {"t": scheme or make_scheme()}, segments, **more)


def at_target(**more: Any) -> dict[str, Any]:
    """Readings of a person who is exactly at target, with some of them replaced."""
    return {TEAM: 100, QUALITY: 100, PACE: 100, "security_incidents": 0} | more
