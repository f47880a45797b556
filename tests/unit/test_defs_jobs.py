"""When a month is closed, and what the failure log says: pure decisions of the schedule and the failure sensor."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from pipelines.company.extent import COMPANY_FILE
from pipelines.company.loader import load_company
from pipelines.company.templates import init_company
from pipelines.defs.home import HOME_VARIABLE
from pipelines.defs.jobs import CADENCES, close_request, close_schedules, failure_message, job_of, run_failure, run_tags
from pipelines.periods import MissingNotice, Month, Quarter, Year, parse_period

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONTHLY, QUARTERLY, YEARLY = close_schedules


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("jobs") / "company"
    init_company(folder)
    return folder


def local(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), SHANGHAI).replace(hour=2)


# October 2026 opens with the National Day holidays: its third working day is the 10th, a make-up Saturday apart.
@pytest.mark.parametrize(
    ("day", "working_day", "closes"),
    [
        ("2026-11-03", 3, None),
        ("2026-11-04", 3, Month(2026, 10)),
        ("2026-11-20", 3, Month(2026, 10)),
        ("2026-01-02", 1, None),
        ("2026-01-20", 1, Month(2025, 12)),
        ("2026-10-07", 1, None),
        ("2026-10-08", 1, Month(2026, 9)),
    ],
)
def test_a_month_is_closed_on_its_working_day(home: Path, day: str, working_day: int, closes: Month | None) -> None:
    calendar = load_company(home).calendar
    decided = close_request(local(day), calendar, working_day)
    if closes is None:
        assert isinstance(decided, str)
        assert f"closes on working day {working_day}, " in decided
    else:
        assert decided == closes


def test_a_year_without_notice_fails_loudly(home: Path) -> None:
    with pytest.raises(MissingNotice, match="2040"):
        close_request(local("2040-02-10"), load_company(home).calendar, 3)


def test_the_tick_is_judged_in_the_companys_time_zone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    late_evening_before = datetime(2026, 11, 3, 18, tzinfo=UTC)  # 2026-11-04 02:00 in Shanghai
    asked = MONTHLY(dg.build_schedule_context(scheduled_execution_time=late_evening_before))
    assert isinstance(asked, dg.RunRequest)
    assert (asked.run_key, asked.partition_key) == ("close-2026-10", "2026-10-01")


def test_the_run_key_is_the_same_on_every_later_day(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    keys = set()
    for day in ("2026-11-04", "2026-11-05", "2026-11-20"):
        asked = MONTHLY(dg.build_schedule_context(scheduled_execution_time=local(day)))
        assert isinstance(asked, dg.RunRequest)
        keys.add(asked.run_key)
    assert keys == {"close-2026-10"}


@pytest.mark.parametrize(
    ("day", "kind", "closes"),
    [
        ("2026-10-10", Quarter, None),
        ("2026-10-15", Quarter, Quarter(2026, 3)),  # after the holidays the sixth working day is the 14th
        ("2026-01-28", Quarter, Quarter(2025, 4)),
        ("2026-01-28", Year, Year(2025)),
        ("2026-01-05", Year, None),
    ],
)
def test_quarters_and_years_are_closed_after_their_last_month(
    home: Path, day: str, kind: type[Quarter] | type[Year], closes: Quarter | Year | None
) -> None:
    company = load_company(home)
    cadence = next(one for one in CADENCES if one.kind is kind)
    decided = close_request(local(day), company.calendar, getattr(company.settings, cadence.setting), kind)
    assert decided == closes if closes else "closes on working day" in str(decided)


def test_the_last_day_on_which_a_schedule_looks_is_late_enough(home: Path) -> None:
    """15 working days of January, April, July and October lie before the 29th in every year that the calendar knows."""
    calendar = load_company(home).calendar
    for year in range(2020, 2027):
        for month in (1, 4, 7, 10):
            assert calendar.nth_working_day(Month(year, month), 15).day <= 28


def test_a_quarter_is_one_run_over_its_months_with_its_own_cards(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    asked = QUARTERLY(dg.build_schedule_context(scheduled_execution_time=local("2026-10-20")))
    assert isinstance(asked, dg.RunRequest)
    assert (asked.run_key, asked.partition_key) == ("close-2026-Q3", None)
    assert {name: asked.tags[name] for name in run_tags([Quarter(2026, 3)])} == {
        "scorecards/period": "2026-Q3",
        "dagster/asset_partition_range_start": "2026-07-01",
        "dagster/asset_partition_range_end": "2026-09-01",
    }
    assert [job_of(parse_period(name)) for name in ("2026-10", "2026-Q3", "2026")] == [one.job for one in CADENCES]


def test_a_year_that_the_company_has_not_whole_is_not_closed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    skipped = YEARLY(dg.build_schedule_context(scheduled_execution_time=local("2023-01-28")))
    assert isinstance(skipped, dg.SkipReason)
    assert "2022 begins before the company's first month" in str(skipped.skip_message)


def test_before_the_working_day_the_tick_says_when(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    skipped = MONTHLY(dg.build_schedule_context(scheduled_execution_time=local("2026-11-02")))
    assert isinstance(skipped, dg.SkipReason)
    assert skipped.skip_message == "2026-10 closes on working day 3, 2026-11-04"


def test_the_tick_of_a_year_without_notice_fails(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    with pytest.raises(MissingNotice):
        MONTHLY(dg.build_schedule_context(scheduled_execution_time=local("2040-02-10")))


def test_without_a_company_the_tick_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    skipped = MONTHLY(dg.build_schedule_context(scheduled_execution_time=local("2026-11-04")))
    assert isinstance(skipped, dg.SkipReason)
    assert HOME_VARIABLE in str(skipped.skip_message)


def run(tags: dict[str, str]) -> dg.DagsterRun:
    return dg.DagsterRun(job_name="month_close", run_id="0f9c2b1e-0000-4000-8000-000000000000", tags=tags)


def test_the_failure_line_says_when_what_and_where() -> None:
    ended = datetime(2026, 11, 4, 2, 5, 6, tzinfo=SHANGHAI).astimezone(UTC)
    line = failure_message(run({"dagster/partition": "2026-10-01"}), ended, ["kpi_models"])
    assert line == (
        "2026-11-03T18:05:06Z month_close failed for 2026-10-01 at kpi_models "
        "(run 0f9c2b1e-0000-4000-8000-000000000000)"
    )


def test_the_failure_line_of_a_range_and_of_a_killed_run() -> None:
    tags = {
        "dagster/asset_partition_range_start": "2026-08-01",
        "dagster/asset_partition_range_end": "2026-10-01",
    }
    assert "failed for 2026-08-01 to 2026-10-01 before its first step, or killed (run" in failure_message(
        run(tags), datetime(2026, 11, 4, tzinfo=UTC), []
    )


def test_the_company_file_is_named_as_the_loader_names_it() -> None:
    from pipelines.company import loader

    assert COMPANY_FILE == loader.COMPANY_FILE


SECRET = "somebody@nowhere.example"


@dg.op
def breaks() -> None:
    raise ValueError(f"{SECRET} is no number")


@dg.job
def breaking_job() -> None:
    breaks()


def test_the_failure_sensor_writes_one_line_without_the_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dagster").mkdir()
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    with dg.DagsterInstance.ephemeral() as instance:
        result = breaking_job.execute_in_process(instance=instance, raise_on_error=False)
        context = dg.build_run_status_sensor_context(
            sensor_name="run_failure",
            dagster_instance=instance,
            dagster_run=result.dagster_run,
            dagster_event=result.get_run_failure_event(),
        ).for_run_failure()
        run_failure(context)
        run_failure(context)
    lines = (tmp_path / "dagster" / "failures.log").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    assert lines[0].endswith(f"Z breaking_job failed for the landing zone at breaks (run {result.run_id})")
    assert SECRET not in lines[0]
