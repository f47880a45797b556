"""The jobs that schedules, backfills and `scorecards run` all execute, one a cadence; their schedules, and a sensor.

Belongs here: jobs, schedules and sensors. Explicit schedules only: nothing that leads to pay starts by itself when data
happens to change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg

from pipelines.company.extent import company_extent
from pipelines.company.loader import load_company
from pipelines.defs.home import home_from_environment
from pipelines.defs.partitions import PERIOD_TAG, monthly_partitions, partition_key
from pipelines.periods import Calendar, Month, Period, Quarter, Year

# Once more, and all of it, when the process of a run dies (memory, a restart): what it had in memory is gone with it.
RETRY_TAGS = {"dagster/max_retries": "1", "dagster/retry_strategy": "ALL_STEPS"}


@dataclass(frozen=True)
class Cadence:
    """How one kind of period is closed.

    Attributes:
        kind: the class of the period.
        job: the name of its job; `scorecards run` executes the same one.
        schedule: the name of its schedule.
        cron: the days on which the schedule looks; the working day lies on one of them in every year.
        setting: the setting with the working day of the next month on which the period is closed.
        about: what the job does.
    """

    kind: type[Month] | type[Quarter] | type[Year]
    job: str
    schedule: str
    cron: str
    setting: str
    about: str


# A quarter counts what its own months do not, and a year what its quarters do not: each is one run over its months,
# whose cards are those of the period. Months go first, so that a quarter finds them built.
CADENCES = (
    Cadence(
        Month, "month_close", "month_close_on_working_day", "0 2 1-20 * *", "close_working_day",
        "From exports to draft scorecards of one month, or of a range of months in one build.",
    ),
    Cadence(
        Quarter, "quarter_close", "quarter_close_on_working_day", "0 4 1-28 1,4,7,10 *", "quarter_close_working_day",
        "From exports to the draft scorecards of a quarter; its stale months are built anew.",
    ),
    Cadence(
        Year, "year_close", "year_close_on_working_day", "0 5 1-28 1 *", "year_close_working_day",
        "From exports to the draft scorecards of a year; its stale months are built anew.",
    ),
)  # fmt: skip


def job_of(period: Period) -> str:
    """The name of the job that closes a period of this kind."""
    return next(cadence.job for cadence in CADENCES if isinstance(period, cadence.kind))


def run_tags(periods: Sequence[Period]) -> dict[str, str]:
    """The tags of a run over the months of consecutive periods of one kind: which months, and whose cards."""
    months = sorted({month for period in periods for month in period.months})
    tags = {} if isinstance(periods[0], Month) else {PERIOD_TAG: ",".join(str(period) for period in periods)}
    if len(months) > 1:
        first, last = partition_key(months[0]), partition_key(months[-1])
        tags |= {"dagster/asset_partition_range_start": first, "dagster/asset_partition_range_end": last}
    return tags


def close_request(
    today: datetime, calendar: Calendar, working_day: int, kind: type[Month] | type[Quarter] | type[Year] = Month
) -> Period | str:
    """The period to close on this day, or why there is none.

    Args:
        today: the local day of the tick.
        calendar: the company's working days.
        working_day: the working day of the month after the period on which it is closed.
        kind: what is closed.

    Raises:
        MissingNotice: the calendar has no official notice for this year; a schedule must not guess.
    """
    ended = kind.of(today.date()).previous()
    closing_day = calendar.nth_working_day(Month.of(ended.end), working_day)
    if today.date() < closing_day:
        return f"{ended} closes on working day {working_day}, {closing_day.isoformat()}"
    return ended


def _schedule_of(cadence: Cadence) -> dg.ScheduleDefinition:
    @dg.schedule(
        name=cadence.schedule,
        job_name=cadence.job,
        cron_schedule=cadence.cron,
        execution_timezone=monthly_partitions().timezone,
        description=f"Looks daily until the closing working day; launches each {cadence.kind.__name__.lower()} once.",
    )
    def close(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        """Launch the close of the last period on or after its working day, once per period."""
        home = home_from_environment()
        if home is None:
            return dg.SkipReason("no company folder is chosen: set SCORECARDS_HOME")
        company = load_company(Path(home))
        local = context.scheduled_execution_time.astimezone(ZoneInfo(company.timezone))
        working_day: int = getattr(company.settings, cadence.setting)
        decision = close_request(local, company.calendar, working_day, cadence.kind)
        if isinstance(decision, str):
            return dg.SkipReason(decision)
        if decision.months[0] < (first := company_extent(Path(home)).first_month) and len(decision.months) > 1:
            return dg.SkipReason(f"{decision} begins before the company's first month, {first}")
        key = partition_key(decision) if isinstance(decision, Month) else None
        return dg.RunRequest(run_key=f"close-{decision}", partition_key=key, tags=run_tags([decision]))

    return close


close_jobs = [
    dg.define_asset_job(cadence.job, selection=dg.AssetSelection.all(), description=cadence.about, tags=RETRY_TAGS)
    for cadence in CADENCES
]
close_schedules = [_schedule_of(cadence) for cadence in CADENCES]


def failure_message(run: dg.DagsterRun, ended_at: datetime, steps: Sequence[str]) -> str:
    """One line for whoever is called out: when, what and where to look.

    Never the error itself: it may quote a cell of a file. Whoever may see it finds it in Dagster under the run's id.
    """
    first, last = (run.tags.get(f"dagster/asset_partition_range_{end}") for end in ("start", "end"))
    months = f"{first} to {last}" if first and last else run.tags.get("dagster/partition", "the landing zone")
    where = f"at {', '.join(sorted(steps))}" if steps else "before its first step, or killed"
    return f"{ended_at:%Y-%m-%dT%H:%M:%SZ} {run.job_name} failed for {months} {where} (run {run.run_id})"


@dg.run_failure_sensor(
    name="run_failure",
    description="Writes one line per failed run to <home>/dagster/failures.log.",
    default_status=dg.DefaultSensorStatus.RUNNING,
    # an instance has one location; a run of the command line names none, and counts too
    monitor_all_code_locations=True,
)
def run_failure(context: dg.RunFailureSensorContext) -> None:
    """Append what failed to the failure log of the company folder, and to Dagster's own log."""
    run = context.dagster_run
    record = context.instance.get_run_record_by_id(run.run_id)
    ended = record.end_time if record is not None and record.end_time is not None else 0.0
    steps = [event.step_key for event in context.get_step_failure_events() if event.step_key]
    message = failure_message(run, datetime.fromtimestamp(ended, UTC), steps)
    context.log.error(message)
    home = home_from_environment()
    if home is not None:
        with (home / "dagster" / "failures.log").open("a", encoding="utf-8") as log:
            log.write(f"{message}\n")
