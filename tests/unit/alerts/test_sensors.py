"""Who is told of what: the sensors on runs of small jobs, the closes that are overdue, the command under cron."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import dagster as dg
import pytest
from click.testing import CliRunner
from receiving import SECRET, Receiver

from pipelines import cli, runner
from pipelines.alerts import Alert, is_told_by_command, told_by_command
from pipelines.company import loader
from pipelines.company.findings import InputError
from pipelines.company.loader import load_company
from pipelines.company.templates import init_company
from pipelines.defs import alerts as module
from pipelines.defs.alerts import alert_failure, alert_overdue, alert_withheld, months_named, overdue_closes
from pipelines.defs.home import HOME_VARIABLE
from pipelines.defs.partitions import PERIOD_TAG
from pipelines.defs.scores import PERIODS_METADATA, SCORECARDS_KEY
from pipelines.defs.stale_runs import PROCESS_TAG, stale_runs
from pipelines.runner import PeriodOutcome, RunOutcome
from pipelines.scorecards.errors import IntegrityError
from pipelines.warehouse import lock

CELL = "somebody@nowhere.example"
VARIABLE = "ALERT_OF_TEST"


@dg.asset
def broken_asset() -> None:
    raise ValueError(f"{CELL} is no number")


@dg.asset
def unsound_asset() -> None:
    raise IntegrityError(f"{CELL}: the cents do not add up")


@dg.asset(check_specs=[dg.AssetCheckSpec("sound", asset="checked_asset", blocking=True)])
def checked_asset() -> Iterator[object]:
    yield dg.MaterializeResult(check_results=[dg.AssetCheckResult(passed=False, check_name="sound", description=CELL)])


def cards(withheld: int) -> dg.AssetsDefinition:
    """Cards that tell how many score lines are withheld."""

    @dg.asset(key=SCORECARDS_KEY)
    def made() -> dg.MaterializeResult:
        told = {"2026-09": {"withheld_lines": 0}, "2026-10": {"withheld_lines": withheld}}
        return dg.MaterializeResult(metadata={PERIODS_METADATA: dg.MetadataValue.json(told)})

    return made


@pytest.fixture
def home(tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "company"
    init_company(folder, locale="en")
    path = folder / "company.yaml"
    text = path.read_text(encoding="utf-8").replace("  variables: []\n", f"  variables: [{VARIABLE}]\n")
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv(VARIABLE, receiver.url)
    monkeypatch.setenv(HOME_VARIABLE, str(folder))
    (folder / "dagster").mkdir(exist_ok=True)
    return folder


def sense(asset: dg.AssetsDefinition, tags_of: Callable[[str], dict[str, str]] | None = None) -> None:
    """Run an asset and let the sensors look at its end."""
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [asset],
            instance=instance,
            raise_on_error=False,
            tags={"dagster/partition": "2026-10-01"},
        )
        if tags_of is not None:
            instance.add_run_tags(result.run_id, tags_of(result.run_id))
        run = instance.get_run_by_id(result.run_id)
        assert run is not None
        event = result.get_run_success_event() if result.success else result.get_run_failure_event()
        context = dg.build_run_status_sensor_context(
            sensor_name="any", dagster_instance=instance, dagster_run=run, dagster_event=event
        )
        if result.success:
            alert_withheld(context)
        else:
            alert_failure(context.for_run_failure())


@pytest.mark.parametrize(
    ("asset", "title"),
    [
        (broken_asset, "the run of 2026-10 failed"),
        (unsound_asset, "2026-10 is blocked by integrity"),
        (checked_asset, "2026-10 is blocked by integrity"),
    ],
    ids=lambda one: one.key.to_user_string() if isinstance(one, dg.AssetsDefinition) else "",
)
def test_a_run_that_fails_is_told_without_its_error(
    home: Path, receiver: Receiver, asset: dg.AssetsDefinition, title: str
) -> None:
    sense(asset)
    (got,) = receiver.got
    assert title in got["title"]
    assert "Period: 2026-10" in got["message"]
    assert CELL not in str(got)
    if asset is not checked_asset:
        assert f"Step: {asset.key.to_user_string()}" in got["message"]


def test_a_run_that_withholds_is_told_and_one_that_does_not_is_not(home: Path, receiver: Receiver) -> None:
    sense(cards(0))
    assert receiver.got == []
    sense(cards(7))
    (got,) = receiver.got
    assert got["title"] == "KPI Scorecards: results of 2026-10 are withheld"
    assert "Score lines withheld: 7" in got["message"]


def test_nobody_hears_twice_of_a_run_whose_command_tells(home: Path, receiver: Receiver) -> None:
    sense(broken_asset, told_by_command)
    sense(cards(7), told_by_command)
    assert receiver.got == []


def test_a_run_that_somebody_executes_again_is_told_though_the_first_was_its_commands(
    home: Path, receiver: Receiver
) -> None:
    sense(broken_asset, lambda _: told_by_command("the run before, whose tags Dagster copies"))
    assert len(receiver.got) == 1


def test_a_run_that_was_killed_with_its_command_is_told(home: Path, receiver: Receiver) -> None:
    """The sensors look at the run as Dagster has it after `stale_runs` has ended it."""
    with dg.DagsterInstance.ephemeral() as instance:
        run_id = str(uuid.uuid4())
        run = instance.create_run_for_job(
            dg.job(name="month_close")(lambda: None),
            run_id=run_id,
            status=dg.DagsterRunStatus.STARTED,
            tags={"dagster/partition": "2026-10-01", PROCESS_TAG: f"{run_id}/1-1.00"} | told_by_command(run_id),
        )
        assert is_told_by_command(run_id, run.tags)
        stale_runs(dg.build_sensor_context(instance=instance))
        (event,) = instance.all_logs(run_id, of_type=dg.DagsterEventType.RUN_FAILURE)
        ended = instance.get_run_by_id(run_id)
        assert event.dagster_event is not None
        assert ended is not None
        context = dg.build_run_status_sensor_context("any", event.dagster_event, instance, ended)
        alert_failure(context.for_run_failure())
    (got,) = receiver.got
    assert "the run of 2026-10 failed" in got["title"]
    assert "Step: before its first step, or killed" in got["message"]


def test_a_receiver_that_fails_is_logged_and_the_sensor_goes_on(home: Path, receiver: Receiver) -> None:
    receiver.status = 500
    sense(broken_asset)
    log = (home / "dagster" / "failures.log").read_text(encoding="utf-8")
    assert log.endswith(f" did not arrive: {VARIABLE}: it could not be delivered\n")
    assert SECRET not in log


def test_the_periods_of_a_run_as_people_write_them() -> None:
    def named(tags: dict[str, str]) -> str:
        with dg.DagsterInstance.ephemeral() as instance:
            return months_named(instance.create_run_for_job(dg.job(name="some_job")(lambda: None), tags=tags))

    bounds = {"dagster/asset_partition_range_start": "2026-07-01", "dagster/asset_partition_range_end": "2026-09-01"}
    assert named({"dagster/partition": "2026-10-01"}) == "2026-10"
    assert named(bounds) == "2026-07..2026-09"
    assert named(bounds | {PERIOD_TAG: "2026-Q3"}) == "2026-Q3"


# the closing day of October 2026 is the third working day of November: the 4th
@pytest.mark.parametrize(("day", "expected"), [("2026-11-04", []), ("2026-11-05", ["2026-10"])])
def test_a_month_without_cards_is_overdue_a_day_after_its_closing_day(
    home: Path, day: str, expected: list[str]
) -> None:
    found = list(overdue_closes(home, date.fromisoformat(day)))
    assert [(alert.period, alert.due, alert.job) for alert in found] == [
        (period, "2026-11-04", "month_close") for period in expected
    ]


def test_a_month_with_a_draft_is_not_overdue(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "draft_summary", lambda home, period: None)
    assert list(overdue_closes(home, date(2026, 11, 5))) == []


def test_quarters_are_overdue_only_where_quarters_are_closed(home: Path) -> None:
    def due() -> list[str]:
        return [alert.period for alert in overdue_closes(home, date(2026, 10, 31))]

    assert due() == ["2026-09"]
    (home / "scorecards" / "2026-Q2").mkdir(parents=True)
    (home / "scorecards" / "notes").mkdir()
    assert due() == ["2026-09", "2026-Q3"]


def test_a_close_is_overdue_though_a_human_file_is_broken(home: Path, receiver: Receiver) -> None:
    (home / "people" / "positions.csv").write_bytes(b"\xff\xfe\x00 no table")
    with pytest.raises(InputError):
        load_company(home)
    told = alert_overdue(dg.build_sensor_context())
    assert isinstance(told, dg.SkipReason)
    assert told.skip_message is not None
    assert told.skip_message.startswith("overdue: ")
    assert len(receiver.got) == len(told.skip_message.removeprefix("overdue: ").split(", "))


@pytest.mark.parametrize(
    ("old", "new", "due"),
    [
        ("close_working_day: 3\n", "close_working_day: 4\n", "2026-11-05"),
        ("close_working_day: 3\n", "close_working_day: third\n", "2026-11-04"),
        ("\ncalendar: cn\n", "\ncalendar: martian\n", "2026-11-04"),
        ("\ncalendar: cn\n", "\ncalendar: [\n", "2026-11-04"),
        ("\ncalendar: cn\n", "\ncalendar: cn\ncalender: cn\n", "2026-11-04"),
    ],
)
def test_the_closing_day_of_a_broken_company_yaml(home: Path, old: str, new: str, due: str) -> None:
    path = home / "company.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    (found,) = overdue_closes(home, date(2026, 11, 6))
    assert (found.period, found.due) == ("2026-10", due)


def test_without_an_official_notice_no_day_is_named(home: Path) -> None:
    """Its schedule does not guess and so does not start: somebody must hear of that."""
    found = [one for one in overdue_closes(home, date(2039, 12, 9)) if one.job == "month_close"]
    assert [(one.period, one.due) for one in found] == [("2039-11", "")]


def test_an_overdue_close_is_told_once(home: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    late = [Alert("overdue", "month_close", "2026-10", due="2026-11-04")]
    monkeypatch.setattr(module, "overdue_closes", lambda *_: list(late))
    context = dg.build_sensor_context()
    for _ in range(3):
        told = alert_overdue(context)
        assert isinstance(told, dg.SkipReason)
        assert told.skip_message == "overdue: 2026-10"
    assert len(receiver.got) == 1
    late.clear()
    alert_overdue(context)
    late.append(Alert("overdue", "month_close", "2026-11", due="2026-12-03"))
    alert_overdue(context)
    assert [got["title"].split()[2] for got in receiver.got] == ["2026-10", "2026-11"]


def test_the_command_tells_of_human_files_that_no_run_can_begin_with(home: Path, receiver: Receiver) -> None:
    silent = CliRunner().invoke(cli.main, ["run", "2026-10", "--home", str(home)], catch_exceptions=False)
    assert (silent.exit_code, receiver.got) == (cli.EXIT_INPUT, [])
    result = CliRunner().invoke(cli.main, ["run", "2026-10", "--alert", "--home", str(home)], catch_exceptions=False)
    assert result.exit_code == cli.EXIT_INPUT
    (got,) = receiver.got
    assert "Step: company" in got["message"]


@pytest.mark.parametrize(
    ("period", "broken", "step"),
    [
        ("1999-01", None, "company"),
        ("next month", None, "before its first step, or killed"),
        ("2026-10", OSError("the lock file cannot be made"), "before its first step, or killed"),
        ("2026-10", RuntimeError("Dagster cannot read its storage"), "before its first step, or killed"),
        ("2026-10", KeyboardInterrupt(), "before its first step, or killed"),
    ],
)
def test_the_command_tells_of_what_keeps_its_run_from_an_outcome(
    home: Path,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
    period: str,
    broken: BaseException | None,
    step: str,
) -> None:
    def fail(*_: object) -> None:
        assert broken is not None
        raise broken

    monkeypatch.setattr(loader, "load_company", lambda _: SimpleNamespace(positions=["one"]))
    if isinstance(broken, OSError):
        monkeypatch.setattr(lock, "home_lock", fail)
    elif broken is not None:
        monkeypatch.setattr(runner, "choose_home", fail)
    silent = CliRunner().invoke(cli.main, ["run", period, "--home", str(home)])
    assert receiver.got == []
    result = CliRunner().invoke(cli.main, ["run", period, "--alert", "--home", str(home)])
    assert result.exit_code == silent.exit_code
    assert result.exit_code == (2 if broken is None else 1)
    (got,) = receiver.got
    assert got["title"] == f"KPI Scorecards: the run of {period} failed"
    assert f"Step: {step}" in got["message"]
    assert broken is None or not str(broken) or str(broken) not in str(got)


@pytest.mark.parametrize(
    ("outcome", "title"),
    [
        (RunOutcome("done", "r", periods={"2026-10": PeriodOutcome(3, 0, "draft", "x", [])}), None),
        (RunOutcome("done", "r", periods={"2026-10": PeriodOutcome(3, 2, "draft", "x", [])}), "are withheld"),
        (RunOutcome("blocked", "r", [CELL], steps=("kpi_models",)), "is blocked"),
        (RunOutcome("input", "r", [CELL]), "failed"),
        (RunOutcome("bug", "r", [CELL]), "failed"),
    ],
)
def test_the_command_tells_how_its_run_ended(
    home: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, outcome: RunOutcome, title: str | None
) -> None:
    marks: list[dict[str, str]] = []

    def run_periods(*_: object, mark: Callable[[str], dict[str, str]]) -> RunOutcome:
        marks.append(mark("r"))
        return outcome

    monkeypatch.setattr(runner, "run_periods", run_periods)
    monkeypatch.setattr(loader, "load_company", lambda _: SimpleNamespace(positions=["one"]))
    receiver.status = 500
    result = CliRunner().invoke(cli.main, ["run", "2026-10", "--alert", "--home", str(home)], catch_exceptions=False)
    assert [is_told_by_command("r", one) for one in marks] == [True]
    assert [title in got["title"] for got in receiver.got] == ([] if title is None else [True])
    assert CELL not in str(receiver.got)
    warned = f"warning: an alert did not arrive: {VARIABLE}: it could not be delivered" in result.stderr
    assert warned == (title is not None), "a receiver that fails is told, and the exit code is the run's own"
    assert result.exit_code == {"done": 0, "blocked": 3, "input": 2, "bug": 1}[outcome.kind]
