"""Earlier results on a card: which periods are read, what a trend shows, and what it must not show."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import lists_sample
import pytest
from cards_sample import PERIOD, Case
from hypothesis import given
from hypothesis import strategies as st

from pipelines.company.model import Company
from pipelines.company.records import Person
from pipelines.company.reporting_records import ReportingLine
from pipelines.periods import parse_period
from pipelines.scorecards import Built, seal
from pipelines.scorecards.charts import NO_DRAWING, SPARK_HEIGHT, SPARK_WIDTH, sparkline
from pipelines.scorecards.history import history_of, periods_before
from pipelines.scorecards.html import render_html
from pipelines.scorecards.view import Edition, card_view

D = Decimal
SAMPLE_PEOPLE = tuple(trace["person_id"] for trace in Case().bundle()["traces"])


def earlier(home: Path, case: Case, catalogue: dict[str, dict[str, str]], period: str) -> Path:
    """An earlier period, drafted and sealed."""
    drafted(home, case, catalogue, period)
    return seal(home, case.company, period, "E009", at=datetime(2026, 11, 1, tzinfo=UTC))


def drafted(home: Path, case: Case, catalogue: dict[str, dict[str, str]], period: str) -> Built:
    changed = copy.copy(case)
    changed.period = period
    return lists_sample.build(home, changed, catalogue, period)


def folder(home: Path) -> Company:
    """A company whose people of the sample have been there for years."""
    people = tuple(Person(person_id=one, name=one, hired_on="2020-01-01") for one in SAMPLE_PEOPLE)
    return Company(home=home, people=people)


def view(bundle: dict[str, Any], person: str = "E001", lang: str = "en") -> dict[str, Any]:
    trace = next(trace for trace in bundle["traces"] if trace["person_id"] == person)
    return card_view(bundle, trace, Edition(), lang)


def with_history(bundle: dict[str, Any], **months: str) -> dict[str, Any]:
    """The bundle with values of E001's first line in earlier months, `m08="1.5"`."""
    key = next(trace for trace in bundle["traces"] if trace["person_id"] == "E001")["segments"][0]["lines"][0]["kpi_id"]
    periods = {str(one): "r1" for one in periods_before(parse_period(PERIOD))}
    values = {f"2026-{name[1:]}": value for name, value in months.items()}
    scores = {"2026-09": "88.50"} if "m09" in months else {}
    return bundle | {"history": {"periods": periods, "people": {"E001": {"score": scores, "lines": {key: values}}}}}


@pytest.mark.parametrize(
    ("period", "first", "last", "count"),
    [("2026-10", "2025-11", "2026-09", 11), ("2026-Q3", "2024-Q4", "2026-Q2", 7), ("2026", "2022", "2025", 4)],
)
def test_a_trend_looks_at_periods_of_the_same_length(period: str, first: str, last: str, count: int) -> None:
    found = [str(one) for one in periods_before(parse_period(period))]
    assert (found[0], found[-1], len(found)) == (first, last, count)


def test_history_takes_what_was_sealed_and_no_draft_and_nothing_damaged(
    tmp_path: Path, case: Case, kpi_catalogue: dict[str, dict[str, str]]
) -> None:
    earlier(tmp_path, case, kpi_catalogue, "2026-08")
    drafted(tmp_path, case, kpi_catalogue, "2026-09")
    earlier(tmp_path, case, kpi_catalogue, "2026-07")
    spoiled = tmp_path / "seals" / "2026-07" / "r1" / "traces.json"
    spoiled.chmod(0o600)
    spoiled.write_bytes(spoiled.read_bytes() + b" ")
    bundle = case.bundle()
    history = history_of(folder(tmp_path), (), parse_period(PERIOD), bundle)["history"]
    assert {name: edition for name, edition in history["periods"].items() if edition} == {"2026-08": "r1"}
    trace = next(trace for trace in bundle["traces"] if trace["person_id"] == "E001")
    known = {
        line["kpi_id"]: {"2026-08": line["value"]}
        for part in trace["segments"]
        for line in part["lines"]
        if line["status"] == "ok"
    }
    assert {
        key: {name: D(value) for name, value in one.items()} for key, one in history["people"]["E001"]["lines"].items()
    } == {key: {name: D(value) for name, value in one.items()} for key, one in known.items()}
    assert history["people"]["E001"]["score"] == {"2026-08": trace["printed_score"]}


def test_a_withheld_value_is_no_history(tmp_path: Path, case: Case, kpi_catalogue: dict[str, dict[str, str]]) -> None:
    earlier(tmp_path, case, kpi_catalogue, "2026-09")
    bundle = case.bundle()
    history = history_of(folder(tmp_path), (), parse_period(PERIOD), bundle)["history"]
    withheld = {
        (trace["person_id"], line["kpi_id"])
        for trace in bundle["traces"]
        for part in trace["segments"]
        for line in part["lines"]
        if line["status"] == "withheld"
    }
    assert withheld
    assert not [one for one in withheld if one[1] in history["people"].get(one[0], {}).get("lines", {})]


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ([], ["2026-08", "2026-09"]),
        # led all along, by one or by two
        ([("E009", "2026-01-01", "")], ["2026-08", "2026-09"]),
        ([("E009", "2026-01-01", ""), ("E010", "2026-01-01", "")], ["2026-08", "2026-09"]),
        # a day of September makes September theirs
        ([("E009", "2026-09-30", "")], ["2026-09"]),
        ([("E009", "2026-10-01", "")], []),
        # both managers of October read the card, and one of them may not see August
        ([("E009", "2026-01-01", ""), ("E010", "2026-09-01", "")], ["2026-09"]),
        # who left before October does not read October's card
        ([("E009", "2026-09-01", "2026-10-01")], ["2026-08", "2026-09"]),
    ],
)
def test_a_card_tells_a_manager_of_no_month_before_the_line(
    tmp_path: Path,
    case: Case,
    kpi_catalogue: dict[str, dict[str, str]],
    lines: list[tuple[str, str, str]],
    shown: list[str],
) -> None:
    earlier(tmp_path, case, kpi_catalogue, "2026-08")
    earlier(tmp_path, case, kpi_catalogue, "2026-09")
    led = [
        ReportingLine(person_id="E001", manager_id=manager, valid_from=start, valid_to=end)
        for manager, start, end in lines
    ]
    history = history_of(folder(tmp_path), led, parse_period(PERIOD), case.bundle())["history"]
    assert sorted(history["people"].get("E001", {"score": {}})["score"]) == shown
    # nobody else's card is touched
    others = {person: sorted(one["score"]) for person, one in history["people"].items() if person != "E001"}
    assert {tuple(one) for one in others.values()} <= {("2026-08", "2026-09"), ()}


def test_history_is_no_result(tmp_path: Path, case: Case, kpi_catalogue: dict[str, dict[str, str]]) -> None:
    bundle = case.bundle()
    before = copy.deepcopy(bundle)
    history_of(folder(tmp_path), (), parse_period(PERIOD), bundle)
    assert bundle == before


def test_a_card_says_what_was_before(bundle: dict[str, Any]) -> None:
    told = view(with_history(bundle, m08="0.10", m09="0.12"))
    row = told["segments"][0]["rows"][0]
    assert row.trend.before.startswith("September 2026: ")
    assert "August 2026" in row.trend.chart.label
    assert PERIOD[:4] in row.trend.chart.label
    assert len(row.trend.chart.lines) == 1
    assert row.trend.chart.__html__().count("<polyline") == 1
    notes = told["tiles"][0]["notes"]
    score = next(trace for trace in bundle["traces"] if trace["person_id"] == "E001")["printed_score"]
    assert f"September 2026: 88.50 ({'+' if D(score) > D('88.50') else '−'}{abs(D(score) - D('88.50'))})" in notes
    zh = view(with_history(bundle, m08="0.10", m09="0.12"), lang="zh")
    assert "走势" in zh["segments"][0]["rows"][0].trend.chart.label


def test_a_card_without_earlier_periods_shows_none(bundle: dict[str, Any]) -> None:
    rows = view(bundle)["segments"][0]["rows"]
    assert {(row.trend.chart, row.trend.before) for row in rows} == {(NO_DRAWING, "")}


def test_the_month_before_is_not_another_month(bundle: dict[str, Any]) -> None:
    told = view(with_history(bundle, m07="0.10"))
    assert told["segments"][0]["rows"][0].trend.before == ""
    assert not [note for note in told["tiles"][0]["notes"] if "88.50" in note]


def test_what_is_carried_from_a_longer_period_has_no_trend(bundle: dict[str, Any]) -> None:
    made = copy.deepcopy(with_history(bundle, m08="0.10", m09="0.12"))
    trace = next(trace for trace in made["traces"] if trace["person_id"] == "E001")
    trace["segments"][0]["lines"][0]["carried"] = {"period": "2026-Q3"}
    row = view(made)["segments"][0]["rows"][0]
    assert (row.trend.chart, row.trend.before) == (NO_DRAWING, "")


@given(st.lists(st.none() | st.decimals(-1000, 1000, places=2), min_size=2, max_size=12))
def test_a_trend_stays_inside_its_drawing(values: list[Decimal | None]) -> None:
    drawn = sparkline(values, "KPI")
    known = [value for value in values if value is not None]
    if len(known) < 2:
        assert drawn == NO_DRAWING
        return
    points = [point for line in drawn.lines for point in line]
    assert all(0 <= x <= SPARK_WIDTH and 0 <= y <= SPARK_HEIGHT for x, y in points)
    assert all(bar.x >= 0 and bar.x + bar.width <= SPARK_WIDTH + 3 for bar in drawn.bars)
    marks = [bar for bar in drawn.bars if bar.kind == "total"]
    assert len(marks) == (values[-1] is not None)
    # every known value is drawn: as a point of a line, or as a stroke between two gaps
    assert len(points) + len(drawn.bars) - len(marks) == len(known)


def test_who_reads_a_card_learns_how_to_object(case: Case) -> None:
    bundle = case.bundle()
    trace = bundle["traces"][0]
    html = render_html(bundle, trace, Edition(revision=1), "en").decode()
    assert "Tell HR that you have read it" in html
    assert "within 10 working days after this revision was shown" in html
    assert "answers within 15 days" in html
    assert "once it is sealed" not in html
    assert "once it is sealed" in render_html(bundle, trace, Edition(), "en").decode()
    bundle["company"]["objections"]["portal"] = "https://kpi.example.com"
    assert "on the portal, https://kpi.example.com," in render_html(bundle, trace, Edition(revision=1), "en").decode()
    del bundle["company"]["objections"]
    assert "s-respond" not in render_html(bundle, trace, Edition(revision=1), "en").decode()
