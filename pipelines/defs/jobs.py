"""The job that a schedule, a backfill and `scorecards run` all execute, and the schedule and sensor around it.

Belongs here: jobs, schedules and sensors. Explicit schedules only: nothing that leads to pay starts by itself when data
happens to change.
"""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg

from pipelines.company.loader import load_company
from pipelines.defs.home import home_from_environment
from pipelines.defs.partitions import monthly_partitions, partition_key
from pipelines.periods import Calendar, Month

MONTH_JOB = "month_close"

# A run that takes longer than this was killed in a way that its process could not be told from a live one.
MAX_RUNTIME_SECONDS = 6 * 3600

month_close = dg.define_asset_job(
    MONTH_JOB,
    selection=dg.AssetSelection.all(),
    partitions_def=monthly_partitions(),
    description="From exports to draft scorecards of one month, or of a range of months in one build.",
    tags={"dagster/max_runtime": str(MAX_RUNTIME_SECONDS)},
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


def failure_message(job: str, run_id: str, partition: str, error: str) -> str:
    """One line for whoever is called out: no person data, only where to look."""
    first_line = error.strip().splitlines()[0] if error.strip() else "no message"
    return f"{job} failed for {partition}: {first_line} (run {run_id[:8]})"


@dg.run_failure_sensor(
    name="run_failure",
    description="Writes one line per failed run to <home>/dagster/failures.log.",
    monitor_all_code_locations=False,
)
def run_failure(context: dg.RunFailureSensorContext) -> None:
    """Append what failed to the failure log of the company folder, and to Dagster's own log."""
    run = context.dagster_run
    message = failure_message(
        run.job_name, run.run_id, run.tags.get("dagster/partition", "a range"), context.failure_event.message or ""
    )
    context.log.error(message)
    home = home_from_environment()
    if home is not None:
        with (home / "dagster" / "failures.log").open("a", encoding="utf-8") as log:
            log.write(f"{message}\n")
