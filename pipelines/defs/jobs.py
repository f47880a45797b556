"""The job that a schedule, a backfill and `scorecards run` all execute, and the schedule and sensor around it.

Belongs here: jobs, schedules and sensors. Explicit schedules only: nothing that leads to pay starts by itself when data
happens to change.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg

from pipelines.company.loader import load_company
from pipelines.defs.home import home_from_environment
from pipelines.defs.partitions import monthly_partitions, partition_key
from pipelines.periods import Calendar, Month

MONTH_JOB = "month_close"

# Once more, and all of it, when the process of a run dies (memory, a restart): what it had in memory is gone with it.
RETRY_TAGS = {"dagster/max_retries": "1", "dagster/retry_strategy": "ALL_STEPS"}

month_close = dg.define_asset_job(
    MONTH_JOB,
    selection=dg.AssetSelection.all(),
    description="From exports to draft scorecards of one month, or of a range of months in one build.",
    tags=RETRY_TAGS,
)


def close_request(today: datetime, calendar: Calendar, working_day: int) -> Month | str:
    """The month to close on this day, or why there is none.

    Args:
        today: the local day of the tick.
        calendar: the company's working days.
        working_day: the working day of the new month on which the old one is closed.

    Raises:
        MissingNotice: the calendar has no official notice for this year; a schedule must not guess.
    """
    running = Month(today.year, today.month)
    closing_day = calendar.nth_working_day(running, working_day)
    if today.date() < closing_day:
        return f"{running.previous()} closes on working day {working_day}, {closing_day.isoformat()}"
    return running.previous()


@dg.schedule(
    name="month_close_on_working_day",
    job=month_close,
    cron_schedule="0 2 1-20 * *",
    execution_timezone=monthly_partitions().timezone,
    description="Daily at 02:00 until the month's closing working day; launches each month once.",
)
def month_close_schedule(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Launch the close of last month on or after its working day, once per month."""
    home = home_from_environment()
    if home is None:
        return dg.SkipReason("no company folder is chosen: set SCORECARDS_HOME")
    company = load_company(Path(home))
    local = context.scheduled_execution_time.astimezone(ZoneInfo(company.timezone))
    decision = close_request(local, company.calendar, company.settings.close_working_day)
    if isinstance(decision, str):
        return dg.SkipReason(decision)
    return dg.RunRequest(run_key=f"close-{decision}", partition_key=partition_key(decision))


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
