"""Sensors that tell people outside of Dagster: failed and blocked runs, withheld results, closes that are overdue.

Belongs here: noticing, and what of it an alert may hold. Does not belong here: where alerts go and their words
(`pipelines.alerts`), and the failure log (`defs.jobs`). Nothing that fails here fails a run: what did not arrive is
said in the log of the sensor's tick and in `<home>/dagster/failures.log`.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg

from pipelines.alerts import Alert, is_told_by_command, tell
from pipelines.company.alert_settings import BLOCKED, FAILED, OVERDUE, WITHHELD
from pipelines.company.extent import company_closing, company_extent
from pipelines.defs.home import home_from_environment
from pipelines.defs.jobs import CADENCES, Cadence
from pipelines.defs.partitions import PERIOD_TAG
from pipelines.defs.scores import PERIODS_METADATA, SCORECARDS_KEY
from pipelines.periods import WEEKDAYS, MissingNotice, Month, Period, parse_period
from pipelines.scorecards.drafts import draft_summary

# How many days after its closing day a period without cards is overdue: a close takes less than one.
GRACE_DAYS = 1
OVERDUE_SECONDS = 3600

_INTEGRITY_ERROR = "IntegrityError"


def months_named(run: dg.DagsterRun) -> str:
    """The periods or months of a run, as people write them."""
    if PERIOD_TAG in run.tags:
        return run.tags[PERIOD_TAG]
    first = run.tags.get("dagster/asset_partition_range_start", run.tags.get("dagster/partition", ""))
    last = run.tags.get("dagster/asset_partition_range_end", first)
    return first[:7] if first == last else f"{first[:7]}..{last[:7]}"


def is_blocked(instance: dg.DagsterInstance, run_id: str) -> bool:
    """Whether a failed run was stopped by integrity: a blocking check, or money and manifests that do not agree."""
    for entry in instance.all_logs(run_id, of_type={dg.DagsterEventType.ASSET_CHECK_EVALUATION}):
        event = entry.dagster_event
        if event is not None:
            found = event.asset_check_evaluation_data
            if not found.passed and found.severity == dg.AssetCheckSeverity.ERROR:
                return True
    for entry in instance.all_logs(run_id, of_type={dg.DagsterEventType.STEP_FAILURE}):
        error = entry.dagster_event.step_failure_data.error if entry.dagster_event is not None else None
        while error is not None:
            if error.cls_name == _INTEGRITY_ERROR:
                return True
            error = error.cause
    return False


def failure_alert(instance: dg.DagsterInstance, run: dg.DagsterRun, steps: Sequence[str]) -> Alert:
    """What is told of a failed run: where it stopped, never by what error."""
    kind = BLOCKED if is_blocked(instance, run.run_id) else FAILED
    return Alert(kind, run.job_name, months_named(run), steps=tuple(steps), run_id=run.run_id)


def withheld_alert(instance: dg.DagsterInstance, run: dg.DagsterRun) -> Alert | None:
    """What is told of a run that withholds results; None of one that does not, or that made no cards."""
    found: dict[str, int] = {}
    for entry in instance.all_logs(run.run_id, of_type={dg.DagsterEventType.ASSET_MATERIALIZATION}):
        made = entry.asset_materialization
        if made is not None and made.asset_key == SCORECARDS_KEY:
            told = made.metadata[PERIODS_METADATA].value
            if isinstance(told, dict):
                found |= {period: int(one["withheld_lines"]) for period, one in told.items()}
    held = {period: n for period, n in found.items() if n}
    if not held:
        return None
    return Alert(WITHHELD, run.job_name, ", ".join(held), run_id=run.run_id, withheld_lines=sum(held.values()))


def overdue_closes(home: Path, today: date) -> Iterator[Alert]:
    """The last month, quarter and year whose closing day is over and that have neither a draft nor a seal.

    A broken folder is no reason for silence: its closes are the ones that do not come about. Where the calendar has no
    official notice for this year, which stops a schedule too, Monday to Friday count and the alert names no day.
    """
    first, closing = company_extent(home).first_month, company_closing(home)
    for cadence in CADENCES:
        ended: Period = cadence.kind.of(today).previous()
        if ended.months[0] < first or not _is_closed_here(cadence, home):
            continue
        month, nth = Month.of(ended.end), closing.working_days[cadence.setting]
        try:
            due = closing.calendar.nth_working_day(month, nth)
            named = due.isoformat()
        except MissingNotice:
            due, named = WEEKDAYS.nth_working_day(month, nth), ""
        if (today - due).days >= GRACE_DAYS and not _has_cards(home, ended):
            yield Alert(OVERDUE, cadence.job, str(ended), due=named)


def _is_closed_here(cadence: Cadence, home: Path) -> bool:
    """Whether the company closes such periods: every company its months, and the others once it has closed one."""
    if cadence.kind is Month:
        return True
    folder = home / "scorecards"
    names = (path.name for path in folder.iterdir()) if folder.is_dir() else ()
    return any(isinstance(period, cadence.kind) for name in names if (period := _period(name)) is not None)


def _period(name: str) -> Period | None:
    try:
        return parse_period(name)
    except ValueError:
        return None


def _has_cards(home: Path, period: Period) -> bool:
    try:
        draft_summary(home, period)
    except FileNotFoundError:
        return False
    return True


def _tell(context: dg.SensorEvaluationContext | dg.RunStatusSensorContext, home: Path, alert: Alert) -> None:
    problems = tell(home, alert)
    for problem in problems:
        context.log.error(f"an alert did not arrive: {problem}")
    if problems:
        with (home / "dagster" / "failures.log").open("a", encoding="utf-8") as log:
            told = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} an alert of {alert.job} did not arrive: "
            log.writelines(f"{told}{problem}\n" for problem in problems)


@dg.run_failure_sensor(
    name="alert_failure",
    description="Tells the addresses of company.yaml's alerts of a failed or blocked run.",
    default_status=dg.DefaultSensorStatus.RUNNING,
    monitor_all_code_locations=True,
)
def alert_failure(context: dg.RunFailureSensorContext) -> None:
    """Tell of a run that failed."""
    home, run = home_from_environment(), context.dagster_run
    if home is not None and not is_told_by_command(run.run_id, run.tags):
        steps = [event.step_key for event in context.get_step_failure_events() if event.step_key]
        _tell(context, home, failure_alert(context.instance, run, steps))


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    name="alert_withheld",
    description="Tells the addresses of company.yaml's alerts of a run that withholds results.",
    default_status=dg.DefaultSensorStatus.RUNNING,
    monitor_all_code_locations=True,
)
def alert_withheld(context: dg.RunStatusSensorContext) -> None:
    """Tell of a run that withholds results."""
    home, run = home_from_environment(), context.dagster_run
    if home is None or is_told_by_command(run.run_id, run.tags):
        return
    alert = withheld_alert(context.instance, run)
    if alert is not None:
        _tell(context, home, alert)


@dg.sensor(
    name="alert_overdue",
    minimum_interval_seconds=OVERDUE_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Tells, once a period, that the day after its closing day is over and it has no cards.",
)
def alert_overdue(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Tell of closes that are overdue; the cursor keeps of which it has told."""
    home = home_from_environment()
    if home is None:
        return dg.SkipReason("no company folder is chosen: set SCORECARDS_HOME")
    today = datetime.now(ZoneInfo(company_extent(home).timezone)).date()
    overdue = list(overdue_closes(home, today))
    told = set((context.cursor or "").split())
    for alert in overdue:
        if alert.period not in told:
            _tell(context, home, alert)
    context.update_cursor(" ".join(alert.period for alert in overdue))
    return dg.SkipReason(
        f"overdue: {', '.join(alert.period for alert in overdue)}" if overdue else "nothing is overdue"
    )


alert_sensors = [alert_failure, alert_withheld, alert_overdue]
