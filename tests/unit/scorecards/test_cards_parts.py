"""Cards of people whose result has parts: two positions in a month, a gate that takes points, records of a plan."""

from __future__ import annotations

import copy
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from cards_sample import PERIOD, Case

from pipelines.scorecards import Built, EvidenceRow, explain
from pipelines.scorecards.formats import measure
from pipelines.scorecards.records import evidence
from pipelines.scorecards.sections import held
from pipelines.scorecards.view import _segment
from pipelines.scorecards.words import Words

Build = Callable[[Case], Built]


def words_of(bundle: dict[str, Any], person: str, lang: str = "en") -> Words:
    trace = next(item for item in bundle["traces"] if item["person_id"] == person)
    return Words(bundle, trace, lang)


def rows_of(words: Words) -> list[Any]:
    return [row for segment in words.trace["segments"] for row in _segment(words, segment)["rows"]]


def test_explain_tells_gates_adjustments_held_pay_and_notes(build: Build, case: Case, tmp_path: Path) -> None:
    """Without the gate the points of the lines do not add up to the score."""
    build(case)
    for person in case.scored.people:
        said = explain(tmp_path, case.company, person.person_id, PERIOD, None, "en")
        for segment in person.segments:
            for decision in segment.decisions:
                assert decision.rule.title.en in said
        for item in person.adjustments:
            assert f"{item.reason} (approved by {item.approved_by})" in said
        if person.held:
            assert "Amount held, at most" in said
        assert len([1 for line in said.splitlines() if line.startswith("Part ")]) in (0, len(person.segments))


def test_explain_names_the_path_of_an_export(build: Build, case: Case, tmp_path: Path) -> None:
    """An export is called the same every month: its name alone leads nowhere."""
    build(case)
    rows = [row for rows in case.evidence.values() for row in rows if row.content_id]
    paths = {rows[0].content_id: "exports/x/brand/2026-11-09/overview.csv"}
    said = "".join(
        explain(tmp_path, case.company, person.person_id, PERIOD, None, "en", paths=paths)
        for person in case.scored.people
    )
    assert f"exports/x/brand/2026-11-09/overview.csv row {rows[0].row_no}" in said


def test_times_are_those_of_the_company_and_days_have_none(bundle: dict[str, Any]) -> None:
    """A post of 1 October in Shanghai is one of 30 September in UTC."""
    words = words_of(bundle, "E001")
    assert words.timezone == "Asia/Shanghai"
    assert words.when("post", "2026-09-30 23:18:29") == "2026-10-01 07:18:29"
    assert words.when("account_day", "2026-10-01 00:00:00") == "2026-10-01"
    for by_day in ("member_day", "audience_day", "review", "customer", "cost"):
        assert words.when(by_day, "2026-10-31 00:00:00") == "2026-10-31"
    assert words.when("plan", "") == ""


def test_a_record_of_the_plan_names_its_file_and_no_key(bundle: dict[str, Any]) -> None:
    words = words_of(bundle, "E001")
    key = "p_" + "0a" * 10
    plan = EvidenceRow("plan", f"2026-10|{key}", key, denominator=Decimal(12))
    assert words.record(plan.record_id) == "2026-10"
    assert words.counted_for(plan.subject_id) == ""
    assert words.source_file(plan.record_type, plan.file_name) == "people/publishing_plan.csv"
    assert words.record("x_brand|2026-10-01") == "x_brand|2026-10-01"


def test_every_part_of_a_month_states_its_own_value(bundle: dict[str, Any]) -> None:
    """The records of both parts stand together, so one part's fraction over them would not add up."""
    doubled = copy.deepcopy(bundle)
    trace = next(item for item in doubled["traces"] if item["person_id"] == "E001")
    first = trace["segments"][0]
    second = copy.deepcopy(first) | {"segment_id": "2026-10-11", "from": "2026-10-11"}
    first["to"] = "2026-10-11"
    second["lines"][0]["numerator"], second["lines"][0]["value"] = "7", "7"
    trace["segments"].append(second)
    words = words_of(doubled, "E001")
    groups = evidence(words, rows_of(words))["groups"]
    group = next(group for group in groups if group["rows"])
    assert "2026-10-01 – 2026-10-10: " in group["summary"] and "2026-10-11 – 2026-10-31: " in group["summary"]
    assert "each part counts its own" in group["several"]


def test_what_waits_for_a_gate_is_said_so(bundle: dict[str, Any]) -> None:
    waiting = copy.deepcopy(bundle)
    trace = next(item for item in waiting["traces"] if item["person_id"] == "E001")
    trace["bonus"]["held"] = "12.00"
    for segment in trace["segments"]:
        for line in segment["lines"]:
            line["status"] = "ok"
        for gate in segment["gates"]:
            gate.update(status="not_checked", when_withheld="hold")
    words = words_of(waiting, "E001")
    assert "A gate could not be checked" in held(words, trace, rows_of(words))["others"]


def test_a_small_ratio_keeps_three_digits() -> None:
    """0.344 % against 0.362 %: with two digits the attainment beside them could not be redone."""
    assert measure(Decimal("0.00344"), "ratio", "en", "CNY") == "0.344 %"
    assert measure(Decimal("0.85"), "ratio", "en", "CNY") == "85.00 %"
    assert measure(Decimal("0.0123"), "ratio", "en", "CNY") == "1.23 %"
