"""Two schemes side by side in one period, and what came of appeals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from reports_sample import crowd, facts, line, person

from pipelines.company.decision_records import Appeal
from pipelines.reports.appeals import appeal_report
from pipelines.reports.facts import Revision
from pipelines.reports.pilot import pilot_reports
from pipelines.reports.results import Line, OtherResult, Result

D = Decimal


def beside(
    result: Result,
    other_score: str | None,
    lines: Sequence[Line] = (),
    pay: str = "100.00",
    other_pay: str = "90.00",
    mode: str = "shadow",
) -> Result:
    """The person with a second score by scheme 001."""
    part = replace(result.parts[0], lines=tuple(lines), scheme_id="001")
    score = None if other_score is None else D(other_score)
    status = "no_effect" if mode == "shadow" else "not_due"
    other = OtherResult(mode, "001", "2.0.0", status, result.score, score, D(pay), D(other_pay), (part,))
    return replace(result, others=(other,))


def rows(report: Any) -> list[dict[str, str]]:
    found: list[dict[str, str]] = report.to_dict()["rows"]
    return found


pilot = pytest.mark.req("003-W2", "003-W3", "003-W7")


@pilot
def test_scores_pay_and_ranks_stand_side_by_side() -> None:
    people = [
        beside(person("a", "90"), "70", other_pay="150.00"),
        beside(person("b", "80"), "95"),
        beside(person("c", "80"), "70"),
        beside(person("d", "60"), None),
        person("e", "100"),
    ]
    report = pilot_reports(facts("2026-10", people))[0]
    told = {row["person_id"]: row for row in rows(report)}
    assert sorted(told) == ["a", "b", "c", "d"]
    # who ties shares the better place; who has one score only has none
    ranked = {who: (row.get("rank"), row.get("other_rank"), row.get("rank_change")) for who, row in told.items()}
    assert ranked == {"a": ("1", "2", "-1"), "b": ("2", "1", "1"), "c": ("2", "2", "0"), "d": (None, None, None)}
    assert (told["a"]["score_change"], told["a"]["difference"]) == ("-20", "50.00")
    assert told["a"]["other_scheme"] == "001 2.0.0"
    assert "score_change" not in told["d"]


@pilot
def test_each_dimension_says_whether_its_samples_are_enough() -> None:
    unscored = beside(person("d", team="t2", role="content"), None)
    other = unscored.others[0]
    nothing = replace(other, status="not_scored", parts=(replace(other.parts[0], is_scorable=False),))
    people = [
        beside(person("a", team="t1", role="content"), "70"),
        beside(person("b", team="t1", role="growth"), "70"),
        person("c", team="t2", role="content"),
        replace(unscored, others=(nothing,)),  # a role that the other scheme does not have is no sample of it
    ]
    told = {(row["group_level"], row["group"]): row for row in rows(pilot_reports(facts("2026-10", people))[1])}
    assert {key: (row["people"], row["headcount"], row["status"]) for key, row in told.items()} == {
        ("team", "t1"): ("2", "2", "enough_samples"),
        ("team", "t2"): ("0", "2", "no_sample"),
        ("role", "content"): ("1", "3", "few_samples"),
        ("role", "growth"): ("1", "1", "few_samples"),
    }
    three = facts("2026-10", people, lists={"pilot_samples": 3})
    assert {row["status"] for row in rows(pilot_reports(three)[1])} == {"few_samples", "no_sample"}


@pilot
def test_the_heaviest_kpis_are_watched_with_their_coverage() -> None:
    own = [line("csat", "80", weight="60"), line("leads", None, weight="40")]
    spare = [line("csat", "60", weight="60"), line("leads", None, weight="40", status="not_applicable")]
    people = [beside(person("a"), "70", own), beside(person("b"), "70", spare)]
    told = rows(pilot_reports(facts("2026-10", people))[2])
    assert [(row["kpi_id"], row["lines"], row["known_lines"], row["withheld"], row["coverage"]) for row in told] == [
        ("csat", "2", "2", "0", "100"),
        ("leads", "2", "0", "1", "0"),
    ]
    assert (told[0]["mean_weight"], told[0]["mean"], told[0]["mean_attainment"]) == ("60", "70", "70")
    one = facts("2026-10", people, lists={"pilot_watched": 1})
    assert [row["kpi_id"] for row in rows(pilot_reports(one)[2])] == ["csat"]
    named = facts("2026-10", people, lists={"pilot_kpis": ["leads", "absent"]})
    assert [(row["kpi_id"], row["lines"]) for row in rows(pilot_reports(named)[2])] == [("leads", "2"), ("absent", "0")]


@pilot
def test_without_a_second_scheme_there_is_no_comparison() -> None:
    assert pilot_reports(facts("2026-10", crowd(a="90"))) == []


def appeal(who: str = "a", kpi: str = "", day: str = "2026-11-05", outcome: str = "upheld", **more: str) -> Appeal:
    decided = {} if outcome == "open" else {"decided_by": "z", "reason": "right"}
    given = {"period": "2026-10", "person_id": who, "kpi_id": kpi, "what": "w", "filed_on": day, "outcome": outcome}
    return Appeal.model_validate(given | decided | more)


def paid(who: str, score: str, payable: str, points: str) -> Result:
    return replace(person(who, score, lines=[line("csat", score, points=points)]), payable=D(payable))


SEALED = [
    Revision(1, date(2026, 11, 3), (paid("a", "70", "700.00", "30"),)),
    Revision(2, date(2026, 11, 20), (paid("a", "75", "750.00", "35"),)),
]
NOW = [paid("a", "80", "812.34", "41.5")]


def appealed(*appeals: Appeal, **lists: int) -> list[dict[str, str]]:
    known = facts("2026-10", NOW, appeals=appeals, lists=lists)
    return rows(appeal_report(replace(known, revisions=SEALED)))


@pytest.mark.req("003-W7")
def test_an_appeal_is_set_against_the_revision_of_its_day() -> None:
    (row,) = appealed(appeal(kpi="csat"))
    assert (row["edition"], row["appealed_points"], row["present_points"]) == ("r1", "30", "41.5")
    assert (row["appealed_payable"], row["present_payable"], row["difference"]) == ("700.00", "812.34", "112.34")
    assert "deadline" not in row
    (row,) = appealed(appeal(kpi="csat", day="2026-11-20"))
    assert (row["edition"], row["difference"]) == ("r2", "62.34")


@pytest.mark.req("003-W7")
def test_the_whole_card_is_told_by_its_score_and_an_open_one_by_its_deadline() -> None:
    (row,) = appealed(appeal(outcome="open"))
    assert (row["appealed_points"], row["present_points"]) == ("70", "80")
    assert (row["appeal_outcome"], row["deadline"]) == ("appeal_open", "2026-11-20")
    assert appealed(appeal(outcome="open"), appeal_days=3)[0]["deadline"] == "2026-11-08"


@pytest.mark.req("003-W7")
def test_before_any_seal_and_without_a_card_nothing_is_invented() -> None:
    early, stranger = appealed(appeal(day="2026-11-02"), appeal(who="x"))
    assert early["edition"] == ""
    assert not {"appealed_payable", "difference", "appealed_points"} & early.keys()
    assert early["present_payable"] == "812.34"
    assert not {"appealed_payable", "present_payable", "difference"} & stranger.keys()


def test_without_appeals_against_the_period_there_is_no_report() -> None:
    other = appeal(period="2026-09")
    assert appeal_report(facts("2026-10", NOW, appeals=(other,))) is None
