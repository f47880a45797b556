"""Executes the Dagster job of definitions.py in this process, for the command line.

Belongs here: choosing the instance, turning a period into partitions, telling apart why a run failed.
Does not belong here: any step of the run; the schedule launches the very same job.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.company.findings import InputError
from pipelines.periods import Month, Quarter, Year

if TYPE_CHECKING:
    import dagster as dg

Period = Month | Quarter | Year


@dataclass(frozen=True)
class RunOutcome:
    """How a run ended.

    Attributes:
        kind: `done`, `blocked` (integrity), `input` (a person must mend something) or `bug`.
        run_id: Dagster's id of the run.
        messages: what to tell the person, one line each.
        withheld: per period, how many score lines are withheld.
        people: per period, how many cards were written.
    """

    kind: str
    run_id: str
    messages: list[str] = field(default_factory=list)
    withheld: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)


def choose_home(home: Path) -> None:
    """Point Dagster, dbt and this code location at one company folder. Call before definitions are loaded."""
    os.environ["SCORECARDS_HOME"] = str(home)
    os.environ["DAGSTER_HOME"] = str(home / "dagster")
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")


def run_periods(home: Path, periods: Sequence[Period]) -> RunOutcome:
    """Execute the month job over the months of the periods, in this process.

    Args:
        home: a company folder whose human files load.
        periods: one period of any kind, or consecutive months (a range is one build).

    Returns:
        The outcome; a failure of the run is reported in it, not raised.
    """
    choose_home(home)
    import dagster as dg

    from pipelines.definitions import defs
    from pipelines.defs.jobs import MONTH_JOB
    from pipelines.defs.partitions import PERIOD_TAG, partition_key

    months = sorted({month for period in periods for month in period.months})
    keys = [partition_key(month) for month in months]
    tags = {PERIOD_TAG: str(periods[0])} if not isinstance(periods[0], Month) else {}
    if len(keys) > 1:
        tags |= {"dagster/asset_partition_range_start": keys[0], "dagster/asset_partition_range_end": keys[-1]}
    with dg.DagsterInstance.get() as instance:
        result = (
            defs()
            .resolve_job_def(MONTH_JOB)
            .execute_in_process(
                instance=instance,
                partition_key=keys[0] if len(keys) == 1 else None,
                tags=tags,
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
                raise_on_error=False,
            )
        )
    if result.success:
        return RunOutcome("done", result.run_id, **_summaries(home, periods))
    return _failure(result)


def _summaries(home: Path, periods: Sequence[Period]) -> dict[str, Any]:
    from pipelines.scorecards import draft_summary

    summaries = {str(period): draft_summary(home, period) for period in periods}
    return {
        "withheld": {period: summary.withheld_lines for period, summary in summaries.items()},
        "people": {period: summary.people for period, summary in summaries.items()},
    }


def _failure(result: dg.ExecuteInProcessResult) -> RunOutcome:
    """Tell a block (integrity) from bad input and from a bug."""
    import dagster as dg

    failed_checks = [
        evaluation
        for evaluation in result.get_asset_check_evaluations()
        if not evaluation.passed and evaluation.severity == dg.AssetCheckSeverity.ERROR
    ]
    if failed_checks:
        lines = [
            f"{check.asset_key.to_user_string()}: check {check.check_name} failed"
            + (f": {check.description}" if check.description else "")
            for check in failed_checks
        ]
        return RunOutcome("blocked", result.run_id, lines)
    errors = [_root_error(event) for event in result.all_events if event.is_failure and event.event_specific_data]
    for name, message in errors:
        if name == InputError.__name__:
            return RunOutcome("input", result.run_id, message.splitlines())
        if name == "IntegrityError":
            return RunOutcome("blocked", result.run_id, message.splitlines())
    return RunOutcome("bug", result.run_id, [f"{name}: {message}" for name, message in errors])


def _root_error(event: dg.DagsterEvent) -> tuple[str, str]:
    """Class name and message of the innermost error of a failure event."""
    error = getattr(event.event_specific_data, "error", None)
    while error is not None and error.cause is not None:
        error = error.cause
    if error is None:
        return "", event.message or ""
    name = error.cls_name or ""
    return name, error.message.removeprefix(f"{name}: ").removeprefix(f"pipelines.company.findings.{name}: ").strip()
