"""Curves that end where nobody can go further, and what a card tells of colleagues' missing data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from scoring_builders import PACE, QUALITY, TEAM, at_target, kpi, make_scheme, run, scheme_data, segment

from pipelines.company.findings import InputError
from pipelines.scoring import TargetInput

D = Decimal


def test_the_top_of_a_share_lies_where_it_can_be_reached() -> None:
    """A stretch of 110.5 % of all posts could never be reached."""
    rule = {QUALITY: kpi(aggregation="ratio_of_sums", limit=1)}
    scheme = make_scheme(kpis=scheme_data()["kpis"] | rule)

    def line(value: str, target: str) -> Any:
        given = {("p", "2026-01-01", QUALITY): TargetInput(D(target), D(0))}
        person = run([segment("p", at_target(**{QUALITY: D(value)}))], scheme, targets=given).people[0]
        return next(item for item in person.segments[0].lines if item.kpi_id == QUALITY).to_dict()

    assert (line("1", "0.9")["stretch"], line("1", "0.9")["kpi_score"]) == ("1", "150")
    assert D(line("0.945", "0.9")["kpi_score"]).quantize(D("0.001")) == D(
        "122.5"
    )  # half of the way from 100 to 111.11, not of that to 120
    assert (line("1", "1")["stretch"], line("1", "1")["kpi_score"]) == (None, "100")
    # within reach, the curve stays as the scheme has it
    assert line("0.6", "0.5")["kpi_score"] == "150"


@pytest.mark.parametrize(("target", "stretch", "column"), [("85", None, "target"), ("0.85", "1.1", "stretch")])
def test_a_target_that_nobody_can_reach_is_told(target: str, stretch: str | None, column: str) -> None:
    scheme = make_scheme(kpis=scheme_data()["kpis"] | {QUALITY: kpi(aggregation="ratio_of_sums", limit=1)})
    row = TargetInput(D(target), stretch=None if stretch is None else D(stretch), row=7)
    with pytest.raises(InputError) as raised:
        run([segment("p", at_target())], scheme, targets={("p", "2026-01-01", QUALITY): row})
    (finding,) = raised.value.findings
    assert (finding.row, finding.column) == (7, column)
    assert "beyond what this KPI can ever reach" in str(finding)


def test_a_card_says_when_a_colleagues_missing_data_keeps_a_part_back() -> None:
    def notes(second: dict[str, Any]) -> list[list[str]]:
        people = run([segment("a", at_target()), segment("b", second)]).people
        return [[note.code for note in person.segments[0].notes] for person in people]

    assert notes(at_target()) == [[], []]
    assert notes(at_target(**{QUALITY: "withheld"})) == [["pool_waits"], []]


def test_a_value_exactly_at_its_threshold_has_reached_it() -> None:
    """A third has no end in decimals: 33.33333333 % must not miss a threshold at 33.333333333333 %."""
    given = {("p", "2026-01-01", QUALITY): TargetInput(D(3), D(0), threshold=D(1))}
    person = run([segment("p", at_target(**{QUALITY: 1}))], make_scheme(), targets=given).people[0]
    (line,) = [item for item in person.segments[0].lines if item.kpi_id == QUALITY]
    assert line.score == 50


def test_held_pay_covers_a_line_that_turns_out_not_applicable() -> None:
    """Its own curve ends at 100, the others stand at 150: without it the score becomes 150."""
    scheme = make_scheme(kpis=scheme_data()["kpis"] | {QUALITY: kpi(aggregation="ratio_of_sums", limit=100)})
    best = {TEAM: 120, PACE: 80}

    def people(status: str) -> list[Any]:
        mine = segment("a", at_target(**best, **{QUALITY: status}))
        return run([mine, segment("b", at_target())], scheme).people

    (waiting, colleague), (settled, after) = people("withheld"), people("not_applicable")
    assert waiting.segments[0].high == 150
    assert settled.earned <= waiting.earned + waiting.held
    assert colleague.earned <= after.earned
