"""Executes the Dagster job of definitions.py in this process, for the command line.

Belongs here: choosing the instance, turning a period into partitions, telling apart why a run failed.
Does not belong here: any step of the run; the schedule launches the very same job.
"""

from __future__ import annotations

import atexit
import gc
import os
import tempfile
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pipelines.alerts import Alert
from pipelines.company.alert_settings import BLOCKED, FAILED, WITHHELD
from pipelines.company.extent import company_extent, outside_extent
from pipelines.company.findings import InputError
from pipelines.periods import Month, Period

if TYPE_CHECKING:
    import dagster as dg

#: Further tags of a run, by its id.
Mark = Callable[[str], Mapping[str, str]]


@dataclass(frozen=True)
class PeriodOutcome:
    """What a run left behind for one period.

    Attributes:
        people: how many people have a card.
        withheld_lines: how many score lines and team shares are withheld.
        state: `draft`, or `sealed` when the results equal the sealed revision.
        folder: where the cards are.
        messages: what a person should be told.
        lists: how many lists and reports lie beside the cards.
    """

    people: int
    withheld_lines: int
    state: str
    folder: str
    messages: list[str]
    lists: int = 0


@dataclass(frozen=True)
class RunOutcome:
    """How a run ended.

    Attributes:
        kind: `done`, `blocked` (integrity), `input` (a person must mend something) or `bug`.
        run_id: Dagster's id of the run.
        messages: what to tell the person, one line each.
        periods: what was left behind, by period.
        steps: the steps that failed; a blocking check belongs to the step that it judges.
        job: the job that ran.
    """

    kind: str
    run_id: str
    messages: list[str] = field(default_factory=list)
    periods: dict[str, PeriodOutcome] = field(default_factory=dict)
    steps: tuple[str, ...] = ()
    job: str = ""

    def alert(self, period: str) -> Alert | None:
        """What people outside are told of it; None of a run that is well."""
        if self.kind != "done":
            return Alert(BLOCKED if self.kind == "blocked" else FAILED, self.job, period, self.steps, self.run_id)
        withheld = sum(left.withheld_lines for left in self.periods.values())
        return Alert(WITHHELD, self.job, period, run_id=self.run_id, withheld_lines=withheld) if withheld else None


def choose_home(home: Path) -> None:
    """Point Dagster, dbt and this code location at one company folder. Call before definitions are loaded."""
    from pipelines.company.templates import equip_home

    equip_home(home)
    os.environ["SCORECARDS_HOME"] = str(home)
    os.environ["DAGSTER_HOME"] = str(home / "dagster")
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")


def run_periods(
    home: Path, periods: Sequence[Period], *, whole_landing: bool = False, mark: Mark | None = None
) -> RunOutcome:
    """Execute the job of the periods' cadence over their months, in this process.

    Args:
        home: a company folder whose human files load.
        periods: one period of any kind, or consecutive ones of one kind (a range is one build).
        whole_landing: read every landed file instead of those around the months, for a recomputation.
        mark: makes further tags of the run from its id; never anything about a person.

    Returns:
        The outcome; a failure of the run is reported in it, not raised.

    Raises:
        InputError: when the company does not have these months.
    """
    months = sorted({month for period in periods for month in period.months})
    _check_extent(home, months)
    choose_home(home)
    # nearly all that a run imports and makes lives until it ends: looking through it for garbage took a tenth of its
    # time, and another second when the process ended
    gc.set_threshold(1_000_000, 20, 20)
    atexit.register(gc.freeze)
    import dagster as dg

    from pipelines.definitions import defs
    from pipelines.defs.build import WHOLE_LANDING_TAG
    from pipelines.defs.jobs import job_of, run_tags
    from pipelines.defs.partitions import partition_key
    from pipelines.defs.stale_runs import process_mark

    run_id = str(uuid.uuid4())
    tags = run_tags(periods)
    tags |= {WHOLE_LANDING_TAG: "true"} if whole_landing else {}
    tags |= mark(run_id) if mark is not None else {}
    # a person started it, and a person who ends it does not want it back
    tags |= {"dagster/max_retries": "0"}
    # from its first moment, so that it is known for dead whenever it is killed
    tags |= process_mark(run_id)
    with dg.DagsterInstance.get() as instance:
        result = (
            defs()
            .resolve_job_def(job_of(periods[0]))
            .execute_in_process(
                instance=instance,
                run_id=run_id,
                partition_key=partition_key(months[0]) if len(months) == 1 else None,
                tags=tags,
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
                raise_on_error=False,
            )
        )
    job = result.dagster_run.job_name
    if not result.success:
        steps = tuple(sorted({str(event.step_key) for event in result.all_events if event.is_step_failure}))
        return replace(_failure(result), steps=steps, job=job)
    skipped = skipped_steps(result)
    if skipped:
        # Dagster calls it a success when a step is skipped because one before it did not tell of a table
        return RunOutcome("bug", result.run_id, [f"steps of the run were skipped: {', '.join(skipped)}"], job=job)
    return RunOutcome("done", result.run_id, periods=_periods(result), job=job)


def skipped_steps(result: dg.ExecuteInProcessResult) -> list[str]:
    """Return the steps that a run left out without failing, such as publication; none is meant to be."""
    return sorted(str(event.step_key) for event in result.all_events if event.is_step_skipped)


def _check_extent(home: Path, months: Sequence[Month]) -> None:
    """Refuse months that are no partitions, in words that name the key to change.

    Raises:
        InputError: the first month lies before the company's first, or the last one has not begun.
    """
    extent = company_extent(home)
    now = datetime.now(ZoneInfo(extent.timezone))
    finding = outside_extent(extent, months[0], months[-1], Month(now.year, now.month))
    if finding is not None:
        raise InputError([finding])


def _periods(result: dg.ExecuteInProcessResult) -> dict[str, PeriodOutcome]:
    """What the scorecards asset says of each period."""
    from pipelines.defs.progress import fetch
    from pipelines.defs.scores import PERIODS_METADATA, SCORECARDS_KEY

    messages = fetch(result.run_id)
    found: dict[str, PeriodOutcome] = {}
    for event in result.get_asset_materialization_events():
        materialization = event.step_materialization_data.materialization
        if materialization.asset_key == SCORECARDS_KEY:
            told = materialization.metadata[PERIODS_METADATA].value
            if not isinstance(told, dict):
                raise TypeError(f"the scorecards asset reports its periods as {type(told).__name__}")
            found |= {period: PeriodOutcome(**one, messages=messages.get(period, [])) for period, one in told.items()}
    return found


def recompute(home: Path, period: Period, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Run a sealed period again on exactly the archived inputs that its manifest lists, in a folder of its own.

    Returns:
        The traces and pools of the recomputation.

    Raises:
        RecomputationError: when the run fails.
    """
    from pipelines.landing import restore
    from pipelines.scorecards.bundle import read_bundle

    with tempfile.TemporaryDirectory(prefix="scorecards-verify-") as folder:
        copy = Path(folder) / "company"
        restore(home, copy, manifest["inputs"])
        outcome = run_periods(copy, [period], whole_landing=True)
        if outcome.kind != "done":
            raise RecomputationError("; ".join(outcome.messages))
        bundle = read_bundle(Path(outcome.periods[str(period)].folder))
    return {"traces": bundle["traces"], "pools": bundle["pools"]}


class RecomputationError(Exception):
    """The pipeline failed on the archived inputs of a sealed period."""


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
