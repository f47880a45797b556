"""From a company and a landing folder to kept results: the frames match their suites, and messages lead to the file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import pipelines.landing
from expectations import human, results, runner
from expectations.rules import PROFILE_COLUMNS
from pipelines.company.human_files import HUMAN_FILES
from pipelines.company.model import Company
from pipelines.company.records import Adjustment, Person, Position, TargetRow
from pipelines.company.targets import Targets
from pipelines.landing.catalogue import CATALOGUE_SCHEMA
from pipelines.sources.registry import ALL_SPECS

CONTENT = "0123456789abcdef0123456789abcdef"


def company(home: Path, **tables: Any) -> Company:
    people = (
        Person(person_id="P1", name="Zhang San", email="zhang@example.com", hired_on=date(2025, 1, 1), source_row=2),
    )
    return Company(**{"home": home, "people": people, **tables})


def target(set_by: str, agreed_by: str, row: int) -> TargetRow:
    return TargetRow(
        period="2026-10",
        period_type="month",
        scope="person",
        scope_id=f"P{row}",
        kpi_id="impressions",
        target=Decimal(100),
        set_by=set_by,
        agreed_by=agreed_by,
        source_row=row,
    )


def test_there_is_a_suite_for_every_human_file_and_every_source() -> None:
    assert sorted(runner.human_suites()) == sorted(file.name for file in HUMAN_FILES)
    assert sorted(runner.landing_suites()) == sorted(spec.id for spec in ALL_SPECS)


def test_frames_hold_the_suites_columns_and_no_names(tmp_path: Path) -> None:
    position = Position(
        person_id="P1", role="editor", team_id="T1", bonus_base="1000", valid_from=date(2025, 1, 1), source_row=2
    )
    frames = human.frames(company(tmp_path, positions=(position,)))
    for suite in human.SUITES:
        assert tuple(frames[suite.name].columns) == suite.columns
    assert frames["people"].index.tolist() == [2]
    (row,) = frames["positions"].to_dict("records")
    assert row["bonus_base"] == 1000.0
    assert (row["level"], row["valid_to"]) == (None, None)
    assert "Zhang San" not in frames["people"].to_csv()


def test_a_target_that_its_setter_agreed_is_warned_of_with_its_row(tmp_path: Path) -> None:
    rows = Targets([target("P8", "P9", 2), target("P8", "P8", 3), target("P8", "", 4)])
    found = {result.suite: result for result in runner.check_company(company(tmp_path, targets=rows))}
    (failure,) = found["targets"].failures
    assert failure.severity == "warning"
    assert "2 of 3 rows are agreed by nobody but who set them (row 3, 4)" in failure.message
    assert found["people"].passed


def test_an_adjustment_approved_by_who_gains_is_critical(tmp_path: Path) -> None:
    # the loader refuses it too; made here past its check, as a change of the loader might
    adjustment = Adjustment.model_construct(
        period="2026-10", person_id="P1", amount=Decimal(5), reason="-", approved_by="P1", source_row=7
    )
    found = {result.suite: result for result in runner.check_company(company(tmp_path, adjustments=(adjustment,)))}
    assert found["adjustments"].severity == "critical"
    assert "(row 7)" in found["adjustments"].failures[0].message


def landed(monkeypatch: pytest.MonkeyPatch, home: Path, n_null_keys: int = 0, **file: Any) -> None:
    """A landing folder of one file of leads, and one profile that no file of the catalogue belongs to."""
    entry = {
        "content_id": CONTENT,
        "spec_id": "leads",
        "family": "leads",
        "subject_id": "",
        "first_day": date(2026, 10, 1),
        "last_day": date(2026, 10, 2),
        "n_rows": 4,
        "n_broken": 0,
        "file_rank": 1,
        "months": ["2026-10"],
        "file_name": "leads.csv",
        **file,
    }
    catalogue = pa.Table.from_pylist([entry], schema=CATALOGUE_SCHEMA)
    monkeypatch.setattr(pipelines.landing, "file_catalogue", lambda _: catalogue)
    folder = home / "landing" / "_profile" / "leads"
    folder.mkdir(parents=True)
    for content, nulls in ((CONTENT, n_null_keys), ("f" * 32, 9)):
        days = [
            ("leads", "leads", content, "", date(2026, 10, day), 2, 2 - nulls % 3, nulls, None, 0, 0) for day in (1, 2)
        ]
        columns = zip(*days, strict=True)
        pq.write_table(
            pa.table(dict(zip(PROFILE_COLUMNS, map(list, columns), strict=True))), folder / f"{content}.parquet"
        )


def test_sound_landing_passes_and_other_sources_say_nothing_delivered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    landed(monkeypatch, tmp_path)
    found = {result.suite: result for result in runner.check_landing(tmp_path)}
    assert found["leads"].failures == ()
    assert found["leads"].n_rows == 2
    assert found["leads"].evaluated > 20
    assert found["ad_spend"].evaluated == 0
    assert len(results.load(tmp_path)) == len(ALL_SPECS) + 1, "the labels of texts have a suite too"
    assert found["sentiment_labels_profile"].evaluated == 0


def test_a_breach_names_day_and_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    landed(monkeypatch, tmp_path, n_null_keys=1)
    found = {result.suite: result for result in runner.check_landing(tmp_path)}
    messages = [failure.message for failure in found["leads"].failures]
    assert any(
        "2 of 2 rows have records without an id (row 2026-10-01 0123456789ab, 2026-10-02 0123456789ab)" in message
        for message in messages
    ), messages
    assert found["leads"].severity == "critical"
    assert found["leads"].refused_files == ("0123456789ab",)


def test_a_breach_of_the_catalogue_counts_for_its_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    landed(monkeypatch, tmp_path, n_broken=5)
    found = {result.suite: result for result in runner.check_landing(tmp_path)}
    (failure,) = found["leads"].failures
    assert failure.severity == "warning"
    assert "1 of 1 rows have more broken than sound rows (row 0123456789ab)" in failure.message
