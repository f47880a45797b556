"""Small numbers on card, workbook and `explain`: interval, minimum, drawn value, cut-offs that are too close."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cards_sample import PERIOD, Case, reading, result, segment, service
from test_cards_workbook import book, sheets

from pipelines.schemes import Scheme, load_scheme
from pipelines.schemes.model import CurveRule
from pipelines.schemes.small import SmallNumbers
from pipelines.scorecards import Built, explain
from pipelines.scorecards.html import render_html
from pipelines.scorecards.view import Edition
from pipelines.scoring import PeriodResult, SegmentInput

D = Decimal
KPI = "first_reply_within_sla"
WHY = {"zh": "因为", "en": "because"}


def scheme(*, stepped: bool = False, **block: Any) -> Scheme:
    shipped = load_scheme("000")
    rule = shipped.kpis[KPI]
    if block:
        small = SmallNumbers.model_validate({"req": "000-K11", "why": WHY} | block)
        shipped = shipped.model_copy(
            update={"kpis": {**shipped.kpis, KPI: rule.model_copy(update={"small_numbers": small})}}
        )
    if stepped:
        curve = CurveRule.model_validate({"kind": "step", "points": [(90, 50), (100, 100)], "why": WHY})
        shipped = shipped.model_copy(update={"curves": {**shipped.curves, rule.curve: curve}})
    return shipped


def people(*hits: tuple[int, int]) -> list[SegmentInput]:
    return [
        segment(
            f"E00{place}",
            "customer_service",
            service(**{KPI: reading(KPI, str(D(top) / D(n)), str(top), str(n), n)}),
        )
        for place, (top, n) in enumerate(hits, start=1)
    ]


def scored(*hits: tuple[int, int], by: Scheme | None = None) -> PeriodResult:
    return result(people(*hits), (), scheme=by)


def page(found: PeriodResult, lang: str) -> str:
    bundle = Case(scored=found).bundle()
    one = next(one for one in bundle["traces"] if one["person_id"] == "E001")
    return re.sub(r"\s+", " ", render_html(bundle, one, Edition(), lang).decode())


def test_the_card_states_the_interval() -> None:
    """198 of 212."""
    assert "95 % interval 89.22 % to 96.03 % (n = 212)" in page(scored((198, 212)), "en")
    assert "95% 区间" in page(scored((198, 212)), "zh")


def test_the_card_says_that_there_are_too_few() -> None:
    english, chinese = page(scored((3, 4)), "en"), page(scored((3, 4)), "zh")
    assert "n = 4, below the minimum of 10" in english
    assert "provisional" in english
    assert "样本过少：分母为 4，低于最低要求 10" in chinese or "n = 4，低于最低要求 10" in chinese


def test_a_drawn_value_stands_beside_the_raw_one_and_the_workbook_agrees() -> None:
    """5 of 5 in a team of 40 of 100 with k = 20: 52 %."""
    found = scored((5, 5), (35, 95), by=scheme(shrinkage={"k": 20, "towards": "team"}))
    assert "(5 × 100.00 % + 20 × 40.00 %) / (5 + 20) = 52.00 %; raw 100.00 %" in page(found, "en")
    made = sheets(book(Case(scored=found).bundle(), "E001"))
    assert made["Check"][1][0] == "everything agrees"
    assert any("drawn to the mean" in str(cell) for row in made["Card"] for cell in row)


def test_a_close_step_is_said_on_the_card() -> None:
    assert "too close to call: the cut-off at" in page(scored((18, 20), by=scheme(stepped=True)), "en")
    assert "too close to call" not in page(scored((19_000, 20_000), by=scheme(stepped=True)), "en")


def test_explain_tells_interval_and_what_chance_may_have_done(build: Callable[[Case], Built], tmp_path: Path) -> None:
    case = Case(scored=scored((18, 20)))
    build(case)
    said = explain(tmp_path, case.company, "E001", PERIOD, KPI, "en")
    assert "95 % interval" in said
    assert "by chance alone the score may lie from" in said


@pytest.mark.parametrize("status", ["withheld", "not_applicable"])
def test_a_number_that_is_not_there_has_no_interval(status: str) -> None:
    (one,) = people((18, 20))
    gone = replace(one.readings[KPI], value=None, status=status, reason_code="gap")
    found = result([replace(one, readings={**one.readings, KPI: gone})], ())
    assert "95 % interval" not in page(found, "en")
