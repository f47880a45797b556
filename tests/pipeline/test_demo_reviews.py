"""What people judge in the demo company: published values against the truth, where a row leads, who is told what.

Belongs here: a small company with all its months built; of its exports it has few, as what people judge stands in
reviews/. Every numerator and denominator of the whole demo company is compared by test_demo_truth.py; this file adds
values, statuses, privacy and evidence.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipelines.company.keys import Pseudonymiser
from pipelines.demo import Truth, generate_small
from pipelines.warehouse.connection import open_reader

NEAR = Decimal("1e-9")
REVIEW_KPIS = {
    "dm_quality_score",
    "brief_match_score",
    "proposals_adopted",
    "teamwork_360",
    "collaboration_360",
    "initiative_points",
    "culture_fit_points",
    "work_attitude_points",
    "human_ai_collaboration",
    "self_manager_gap",
    "innovation_score",
    "professional_feedback_score",
    "kr_attainment",
    "objective_score",
    "shared_target_attainment",
    "brand_perception",
    "influence_score",
    "certification_share",
}


@dataclass(frozen=True)
class Ran:
    """A small company of the months August to October, run, beside its truth."""

    home: Path
    truth: Truth
    connection: Any
    key_of: dict[str, str]

    def state(self, person: str, kpi: str, period: str) -> tuple[Any, ...]:
        """Value, status and reason of a person's KPI."""
        row = self.connection.execute(
            "select value, status, reason_code from fct_person_kpi where person_id = ? and kpi_id = ? and period = ?",
            [self.key_of[person], kpi, period],
        ).fetchone()
        assert row is not None
        return tuple(row)


@pytest.fixture(scope="module")
def ran(three_months_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    import duckdb

    home, truth = three_months_home, generate_small(tmp_path_factory.mktemp("twin"))
    keys = Pseudonymiser.from_home(home)
    connection = duckdb.connect(str(home / "published" / "kpi.duckdb"), read_only=True)
    yield Ran(home, truth, connection, {person: keys.person(person) for person in truth.people})
    connection.close()


@pytest.mark.req("000-K05")
@pytest.mark.req("000-K09")
@pytest.mark.req("000-K14")
@pytest.mark.req("001-K9")
@pytest.mark.req("001-K10")
@pytest.mark.req("001-K17")
@pytest.mark.req("001-W4")
@pytest.mark.req("003-K6")
@pytest.mark.req("003-K13b")
@pytest.mark.req("003-K20")
@pytest.mark.req("003-K22")
@pytest.mark.req("003-K23")
@pytest.mark.req("003-K28")
@pytest.mark.req("004-K8")
@pytest.mark.req("004-K14")
@pytest.mark.req("004-K16a")
@pytest.mark.req("004-K16b")
@pytest.mark.req("004-R3")
@pytest.mark.req("004-R4")
@pytest.mark.req("001-W1")
@pytest.mark.req("000-W3", "003-W13", "003-G8")
def test_every_value_is_the_true_one(ran: Ran) -> None:
    planted = {("2026-09", finding.subject) for finding in ran.truth.findings if finding.guard == "reviews"}
    compared: defaultdict[str, int] = defaultdict(int)
    for (month, person, kpi), cell in ran.truth.cells.items():
        if kpi not in REVIEW_KPIS:
            continue
        value, status, reason = ran.state(person, kpi, month)
        if (month, person) in planted and status == "withheld":
            assert (value, reason) in {(None, "review_missing"), (None, "review_incomplete")}
            continue
        assert (status, abs(value - cell.value) < NEAR) == ("ok", True), (month, person, kpi, value, status, cell)
        compared[kpi] += 1
    # the only one with key results lacks a value; the whole company's are compared by test_demo_truth.py
    assert set(compared) == REVIEW_KPIS - {"kr_attainment", "objective_score"}


def test_a_quarters_review_stands_in_its_last_month_alone(ran: Ran) -> None:
    assert ran.state("P002", "initiative_points", "2026-08") == (None, "not_applicable", "no_responsibility")
    assert ran.state("P002", "initiative_points", "2026-09")[1] == "ok"
    assert ran.state("P002", "initiative_points", "2026-10") == (None, "not_applicable", "no_responsibility")


def test_what_was_not_judged_is_withheld_and_not_redistributed(ran: Ran) -> None:
    assert ran.state("P004", "initiative_points", "2026-09") == (None, "withheld", "review_missing")
    assert ran.state("P006", "kr_attainment", "2026-09") == (None, "withheld", "review_incomplete")
    assert ran.state("P006", "objective_score", "2026-09") == (None, "withheld", "review_incomplete")
    # nobody reviews managers: nobody of the role has one
    assert ran.state("P001", "initiative_points", "2026-09") == (None, "not_applicable", "no_responsibility")


@pytest.mark.req("001-K9")
def test_a_small_group_of_raters_is_told_and_does_not_count(ran: Ran) -> None:
    rows = ran.connection.execute(
        "select subject_id, severity, message from data_quality_findings "
        "where reason_code = 'rating_groups_suppressed' order by all"
    ).fetchall()
    assert {row[:2] for row in rows} == {(ran.key_of["P003"], "note")}
    assert "1 groups of raters for 2026-Q3 have fewer raters" in rows[0][2]
    traces = json.loads((ran.home / "scorecards" / "2026-09" / "draft" / "traces.json").read_text(encoding="utf-8"))
    assert {note["reason_code"] for note in traces["quality"]["P003"]} == {"rating_groups_suppressed"}


@pytest.mark.req("001-K9")
def test_nothing_that_is_published_leads_to_a_rater(ran: Ran) -> None:
    """No rater by name or key, and no row of the file: only means of groups."""
    with (ran.home / "reviews" / "ratings_360.csv").open(encoding="utf-8") as file:
        rated = list(csv.DictReader(file))
    keys = Pseudonymiser.from_home(ran.home)
    hashes = {keys.actor(f"raters:{row['person_id']}:{row['period']}", row["rater_id"]) for row in rated}
    spoken = hashes | {row["rater_id"] for row in rated if row["rater_group"] == "partner"}
    for path in (ran.home / "published" / "kpi.duckdb", *(ran.home / "scorecards").rglob("*.json")):
        content = path.read_bytes()
        assert [word for word in spoken if word.encode() in content] == [], path.name
    with open_reader(ran.home / "warehouse" / "warehouse.duckdb") as connection:
        rows = connection.execute(
            "select _row_no, record_id from intermediate.int_kpi_inputs_reviews where teamwork_360__n is not null"
        ).fetchall()
        single = connection.execute(
            "select count(*) from (select rater_key from company.ratings_360 group by all having "
            "count(distinct (person_id, period)) > 1)"
        ).fetchone()
    assert rows and {row[0] for row in rows} == {None}
    assert single == (0,), "a rater's hash is another one for every ratee"


def test_a_review_leads_to_its_file_and_row(ran: Ran) -> None:
    """The records of an inputs view name the very rows of the file."""
    lines = (ran.home / "reviews" / "dm_quality_reviews.csv").read_text(encoding="utf-8-sig").splitlines()
    with open_reader(ran.home / "warehouse" / "warehouse.duckdb") as connection:
        rows = connection.execute(
            "select person_id, _content_id, _row_no, dm_quality_score__n from intermediate.int_kpi_inputs_reviews "
            "where dm_quality_score__n is not null"
        ).fetchall()
    assert rows
    for person, file, row, score in rows:
        cells = lines[row - 1].split(",")
        assert (file, ran.key_of[cells[1]], Decimal(cells[3])) == ("reviews/dm_quality_reviews.csv", person, score)
