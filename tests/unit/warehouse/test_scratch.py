"""Which months a run builds, and what makes a month stale."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from pipelines.periods import Month
from pipelines.warehouse import scratch
from pipelines.warehouse.build_scope import Found
from pipelines.warehouse.layout import Layout, code_version
from pipelines.warehouse.scratch import (
    BuildPlan,
    built_fingerprints,
    data_fingerprints,
    discard_scratch,
    found_in_scratch,
    keep_scratch,
    plan_build,
    prepare_scratch,
)

COMPANY = {"settings": pa.table({"timezone": ["Asia/Shanghai"]})}
SEPTEMBER, OCTOBER, NOVEMBER = Month(2026, 9), Month(2026, 10), Month(2026, 11)


def catalogue(*rows: tuple[str, list[str]], family: str = "x_account") -> pa.Table:
    return pa.table(
        {
            "content_id": pa.array([row[0] for row in rows], pa.string()),
            "spec_id": pa.array(["x_account_daily"] * len(rows), pa.string()),
            "family": pa.array([family] * len(rows), pa.string()),
            "months": pa.array([row[1] for row in rows], pa.list_(pa.string())),
            "period_from": pa.array([None] * len(rows), pa.date32()),
            "period_to": pa.array([None] * len(rows), pa.date32()),
            "n_broken": pa.array([0] * len(rows), pa.int64()),
            "file_rank": pa.array(range(len(rows)), pa.int32()),
            "labels": pa.array([""] * len(rows), pa.string()),
        }
    )


def assignments(*windows: tuple[date, date]) -> dict[str, pa.Table]:
    return {
        "assignments": pa.table(
            {
                "subject_id": ["a"] * len(windows),
                "valid_from": pa.array([w[0] for w in windows], pa.date32()),
                "valid_to": pa.array([w[1] for w in windows], pa.date32()),
            }
        )
    }


def test_a_file_of_another_year_does_not_change_a_months_fingerprint() -> None:
    before = data_fingerprints([OCTOBER], catalogue(("c1", ["2026-10"])), {})
    after = data_fingerprints([OCTOBER], catalogue(("c1", ["2026-10"]), ("c2", ["2025-01"])), {})
    assert before == after


def test_a_file_of_the_look_back_changes_a_months_fingerprint() -> None:
    before = data_fingerprints([OCTOBER], catalogue(("c1", ["2026-10"])), {})
    after = data_fingerprints([OCTOBER], catalogue(("c1", ["2026-10"]), ("c2", ["2026-08"])), {})
    assert before != after


def test_a_ticket_of_another_year_changes_a_months_fingerprint() -> None:
    """It may be resolved in the month; what it was opened with stands in a file of any age."""
    before = data_fingerprints([OCTOBER], catalogue(("c1", ["2026-10"]), family="tickets"), {})
    older = data_fingerprints([OCTOBER], catalogue(("c1", ["2026-10"]), ("c2", ["2025-01"]), family="tickets"), {})
    newer = data_fingerprints([OCTOBER], catalogue(("c1", ["2026-10"]), ("c2", ["2026-12"]), family="tickets"), {})
    assert before == newer != older


def test_closing_an_assignment_after_the_month_leaves_the_month_alone() -> None:
    files = catalogue(("c1", ["2026-10"]))
    still_open = assignments((date(2026, 1, 1), date(9999, 12, 31)))
    closed_later = assignments((date(2026, 1, 1), date(2026, 11, 15)))
    closed_within = assignments((date(2026, 1, 1), date(2026, 10, 15)))
    assert data_fingerprints([OCTOBER], files, still_open) == data_fingerprints([OCTOBER], files, closed_later)
    assert data_fingerprints([OCTOBER], files, still_open) != data_fingerprints([OCTOBER], files, closed_within)


def test_an_open_stale_month_is_rebuilt_and_a_sealed_one_is_not() -> None:
    code = code_version()
    data = {SEPTEMBER: "new", OCTOBER: "same", NOVEMBER: "asked"}
    built = {SEPTEMBER: f"old-{code}", OCTOBER: f"same-{code}"}
    open_plan = plan_build([NOVEMBER], data, built, sealed=[])
    assert open_plan.run_months == (SEPTEMBER, NOVEMBER)
    assert open_plan.kept == (OCTOBER,)
    sealed_plan = plan_build([NOVEMBER], data, built, sealed=[SEPTEMBER])
    assert sealed_plan.run_months == (NOVEMBER,)
    assert sealed_plan.fingerprints[SEPTEMBER] == f"old-{code}"


def test_a_sealed_month_is_rebuilt_when_it_is_asked_for() -> None:
    built = {SEPTEMBER: f"old-{code_version()}"}
    plan = plan_build([SEPTEMBER], {SEPTEMBER: "new"}, built, sealed=[SEPTEMBER])
    assert plan.run_months == (SEPTEMBER,)


def test_another_version_of_the_code_builds_every_month_anew_in_an_empty_file(layout: Layout) -> None:
    files = catalogue(("c1", ["2026-10"]))
    prepare_scratch(
        layout, BuildPlan((SEPTEMBER,), (), (), {SEPTEMBER: "f-older"}), files, COMPANY, ["x_account_daily"]
    )
    with duckdb.connect(str(layout.scratch_file)) as connection:
        connection.execute("create table control.of_another_shape (gone integer)")
    keep_scratch(layout)
    data = {SEPTEMBER: "f", OCTOBER: "g"}
    plan = plan_build([OCTOBER], data, built_fingerprints(layout), sealed=[SEPTEMBER])
    assert plan.run_months == (SEPTEMBER, OCTOBER)
    prepare_scratch(layout, plan, files, COMPANY, ["x_account_daily"])
    with duckdb.connect(str(layout.scratch_file), read_only=True) as connection:
        tables = {row[0] for row in connection.sql("select table_name from duckdb_tables()").fetchall()}
    assert "of_another_shape" not in tables


@pytest.fixture
def layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    """A company folder of a checkout in which nothing has been built yet."""
    monkeypatch.setattr(scratch, "blank_warehouse", lambda: None)
    layout = Layout(tmp_path)
    layout.warehouse.mkdir()
    folder = layout.landing / "x_account_daily"
    folder.mkdir(parents=True)
    duckdb.sql("select cast(null as varchar) as day, cast(null as varchar) as _content_id limit 0").write_parquet(
        str(folder / "_empty.parquet")
    )
    for content, day in (("c1", "2026-10-02"), ("c2", "2025-01-05")):
        duckdb.sql(f"select '{day}' as day, '{content}' as _content_id").write_parquet(
            str(folder / f"{content}.parquet")
        )
    return layout


def test_the_scratch_file_sees_only_files_of_the_months_it_builds(layout: Layout) -> None:
    plan = BuildPlan((OCTOBER,), (), (), {OCTOBER: "f"})
    files = catalogue(("c1", ["2026-10"]), ("c2", ["2025-01"]))
    assigned = assignments((date(2026, 1, 1), date(9999, 12, 31)))
    prepare_scratch(layout, plan, files, COMPANY | assigned, ["x_account_daily"])
    with duckdb.connect(str(layout.scratch_file), read_only=True) as connection:
        assert connection.sql("select day, _file_rank from landing.x_account_daily").fetchall() == [("2026-10-02", 0)]
        assert connection.sql("select * from control.attached_files").fetchall() == [("c1",)]
        assert connection.sql("select count(*) from company.assignments").fetchall() == [(1,)]
        assert connection.sql("select * from control.run_months").fetchall() == [(date(2026, 10, 1),)]


def test_each_month_of_a_range_reads_what_it_would_read_alone(layout: Layout) -> None:
    january = Month(2025, 1)
    plan = BuildPlan((january, OCTOBER), (), (), {january: "e", OCTOBER: "f"})
    prepare_scratch(layout, plan, catalogue(("c1", ["2026-10"]), ("c2", ["2025-01"])), COMPANY, ["x_account_daily"])
    with duckdb.connect(str(layout.scratch_file), read_only=True) as connection:
        assert connection.sql("select count(*) from landing.x_account_daily").fetchall() == [(2,)]
        assert connection.sql("select * from control.month_files order by all").fetchall() == [
            (date(2025, 1, 1), "c2"),
            (date(2026, 10, 1), "c1"),
        ]


def test_a_recomputation_reads_whatever_lies_in_its_folder(layout: Layout) -> None:
    """Its folder was laid out from a manifest: what the run of then read, for whichever months."""
    plan = BuildPlan((OCTOBER,), (), (), {OCTOBER: "f"})
    files = catalogue(("c1", ["2026-10"]), ("c2", ["2025-01"]))
    prepare_scratch(layout, plan, files, COMPANY, ["x_account_daily"], whole_landing=True)
    with duckdb.connect(str(layout.scratch_file), read_only=True) as connection:
        assert connection.sql("select * from control.attached_files").fetchall() == [("c1",), ("c2",)]
        assert connection.sql("select _content_id from landing.x_account_daily order by all").fetchall() == [
            ("c1",),
            ("c2",),
        ]


def test_a_spec_without_files_is_an_empty_view(layout: Layout) -> None:
    plan = BuildPlan((NOVEMBER,), (), (), {NOVEMBER: "f"})
    prepare_scratch(layout, plan, catalogue(("c2", ["2025-01"])), COMPANY, ["x_account_daily"])
    with duckdb.connect(str(layout.scratch_file), read_only=True) as connection:
        assert connection.sql("select * from landing.x_account_daily").fetchall() == []


def test_a_killed_build_leaves_the_last_whole_build_untouched(layout: Layout) -> None:
    plan = BuildPlan((OCTOBER,), (), (), {OCTOBER: "f"})
    files = catalogue(("c1", ["2026-10"]))
    prepare_scratch(layout, plan, files, COMPANY, ["x_account_daily"])
    keep_scratch(layout)
    assert built_fingerprints(layout) == {OCTOBER: "f"}
    whole = layout.warehouse_file.read_bytes()
    prepare_scratch(
        layout,
        BuildPlan((NOVEMBER,), (), (OCTOBER,), {OCTOBER: "f", NOVEMBER: "g"}),
        files,
        COMPANY,
        ["x_account_daily"],
    )
    assert layout.warehouse_file.read_bytes() == whole
    discard_scratch(layout)
    assert not layout.scratch_file.exists()
    assert built_fingerprints(layout) == {OCTOBER: "f"}


def test_another_set_of_tools_changes_the_fingerprint_of_the_months_whose_texts_they_judge() -> None:
    files = catalogue(("c1", ["2026-10"]), ("c2", ["2025-01"]))
    place = files.schema.get_field_index("labels")
    judged = files.set_column(place, "labels", pa.array(["t-1", "t-1"], pa.string()))
    anew = files.set_column(place, "labels", pa.array(["t-1", "t-2"], pa.string()))
    october, january = OCTOBER, Month(2025, 1)
    before, after = (data_fingerprints([october, january], table, {}) for table in (judged, anew))
    assert before[october] == after[october]
    assert before[january] != after[january]


def found_after(layout: Layout, month: Month, zone: str = "Asia/Shanghai", labels: str = "") -> Found:
    """What dbt is told of the scratch file of a month; the file then becomes the last build."""
    files = catalogue(("c1", ["2026-10"]))
    files = files.set_column(files.schema.get_field_index("labels"), "labels", pa.array([labels], pa.string()))
    plan = plan_build([month], dict.fromkeys((OCTOBER, NOVEMBER), "f"), built_fingerprints(layout), sealed=[])
    prepare_scratch(layout, plan, files, {"settings": pa.table({"timezone": [zone]})}, ["x_account_daily"])
    found = found_in_scratch(layout)
    keep_scratch(layout)
    return found


def test_a_first_build_finds_nothing_and_a_second_one_finds_the_views_of_its_months_and_zone(layout: Layout) -> None:
    sources = {"delivered": frozenset(["x_account_daily"]), "filled": frozenset(["settings"])}
    assert found_after(layout, OCTOBER) == Found(relations=False, views=False, **sources)
    assert found_after(layout, OCTOBER) == Found(relations=True, views=True, **sources)
    assert found_after(layout, NOVEMBER) == Found(relations=True, views=False, **sources)
    assert found_after(layout, NOVEMBER, zone="Europe/Paris") == Found(True, views=False, **sources)
    assert found_after(layout, NOVEMBER, zone="Europe/Paris") == Found(True, views=True, **sources)


def test_a_source_whose_last_file_is_taken_away_is_built_once_more(layout: Layout) -> None:
    """The last build still has its rows."""
    files = catalogue(("c1", ["2026-10"]))
    plan = plan_build([OCTOBER], {OCTOBER: "f"}, {}, sealed=[])
    told = []
    for landed in (files, files.slice(0, 0), files.slice(0, 0)):
        prepare_scratch(layout, plan, landed, COMPANY, ["x_account_daily"])
        told.append(found_in_scratch(layout).delivered)
        keep_scratch(layout)
    assert told == [{"x_account_daily"}, {"x_account_daily"}, set()]


def test_a_company_table_whose_last_row_is_taken_away_is_built_once_more(layout: Layout) -> None:
    """The last build still has what was made with it."""
    plan = plan_build([OCTOBER], {OCTOBER: "f"}, {}, sealed=[])
    clubs = pa.table({"club_id": ["chess"]})
    told = []
    for table in (clubs, clubs.slice(0, 0), clubs.slice(0, 0)):
        prepare_scratch(layout, plan, catalogue(), {**COMPANY, "clubs": table}, [])
        told.append(found_in_scratch(layout).filled)
        keep_scratch(layout)
    assert told == [{"settings", "clubs"}, {"settings", "clubs"}, {"settings"}]


def test_labels_are_delivered_with_the_first_text_that_has_them(layout: Layout) -> None:
    assert found_after(layout, OCTOBER, labels="t-1").delivered == {"x_account_daily", "sentiment_labels"}


def test_a_first_build_begins_from_the_blank_warehouse(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    found_after(layout, OCTOBER)
    blank = layout.warehouse_file.rename(layout.warehouse / "blank.duckdb")
    monkeypatch.setattr(scratch, "blank_warehouse", lambda: blank)
    # made for the same month and zone here; that of a checkout has no rows, and so no months to compare with
    assert found_after(layout, OCTOBER).relations
    with duckdb.connect(str(layout.warehouse_file), read_only=True) as connection:
        assert connection.execute("select month from control.built_months").fetchall() == [(OCTOBER.start,)]
