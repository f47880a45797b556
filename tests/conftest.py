"""What every test shares: the reference data, the rule about skipping, deterministic property tests, no network, and
which worker runs what.

Belongs here: session-wide fixtures and hooks. Fixtures of one room stand in that room's own conftest.
"""

from __future__ import annotations

import gc
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED_DATA_VARIABLE = "SCORECARDS_SHARED_DATA"
FAIL_ON_SKIP_VARIABLE = "SCORECARDS_FAIL_ON_SKIP"
# The one reason that excuses a skipped test; `shared_data` gives it and the gate below reads it.
SHARED_DATA_ABSENT = "shared data is absent"

# Set before anything imports them, and inherited by every process that a test starts.
os.environ.setdefault("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

# No random seed and no example database: a property test that passes today passes tomorrow.
# No deadline: machines differ.
settings.register_profile(
    "fixed", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", settings.get_profile("fixed"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))

# Workers (`pytest -n 2`) take whole files, so that what a file makes once is made once; a file whose tests may part is
# listed here by its tests. What is listed begins first, in this order, the longest at the front: a short test fits into
# any gap at the end, a long one does not. The first makes the companies that the others ask for, and the relations from
# which theirs begin. Whatever is not listed is a file of short tests.
LONG: tuple[str, ...] = (
    "tests/pipeline/test_dagster.py",
    "tests/pipeline/test_demo_truth.py",
    "tests/pipeline/test_crash.py::test_killed_anywhere",
    "tests/pipeline/test_seal_story.py",
    "tests/planted/test_hold_story.py",
    "tests/pipeline/test_concurrency.py::test_an_open_reader_neither_blocks_runs_nor_sees_half_of_one",
    "tests/pipeline/test_concurrency.py::test_command_line_daemon_and_backfill_started_together_all_finish",
    "tests/real/test_x_monthly.py",
    "tests/dbt/test_kpi_marts.py",
    "tests/dbt/test_follower_arrivals.py",
    "tests/pipeline/test_same_exports.py",
    "tests/real/test_helpdesk.py",
    "tests/pipeline/test_refusals.py",
    "tests/planted/test_planted.py",
    "tests/pipeline/test_broken_exports.py",
    "tests/dbt/test_unit_tests.py",
    "tests/real/test_x_current.py",
    "tests/real/test_crm.py",
    "tests/dbt/test_how_to.py",
    "tests/unit/expectations/test_suites.py",
    "tests/unit/landing/test_encodings.py",
    "tests/dbt/test_tickets.py",
    "tests/dbt/test_incidents.py",
    "tests/dbt/test_engagement.py",
    "tests/dbt/test_resolver.py",
    "tests/dbt/test_resolver_adversarial.py",
    "tests/unit/demo/test_demo_company.py",
    "tests/unit/scoring/test_decision_properties.py",
    "tests/pipeline/test_privacy.py",
    "tests/recompute/test_recompute.py",
    "tests/recompute_scores/test_recompute_lists.py",
    "tests/recompute_scores/test_recompute_scores.py",
)


Once = Callable[[str, Callable[[Path], object]], Path]


def group_of(nodeid: str) -> str:
    """What a test shares its worker with: the entry of LONG that names it, else the tests of its file."""
    return nodeid if nodeid in LONG else nodeid.split("::", 1)[0]


def is_worker(config: pytest.Config) -> bool:
    """Whether this process runs a part of the tests for another one."""
    return hasattr(config, "workerinput")


def shared_data_folder() -> Path:
    """The folder of other people's exports: by environment variable, else beside the checkout."""
    return Path(os.environ.get(SHARED_DATA_VARIABLE) or REPOSITORY.parent / "shared" / "data")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The reference data, or a skip that the gate accepts."""
    folder = shared_data_folder()
    if not (folder / "README.md").is_file():
        pytest.skip(f"{SHARED_DATA_ABSENT}: no {folder}; set {SHARED_DATA_VARIABLE}")
    return folder


@pytest.fixture(scope="session")
def once(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Once:
    """`once("small", make)` -> a folder that `make(folder)` has filled, once for all workers of this session."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if is_worker(pytestconfig) else base

    def folder(name: str, make: Callable[[Path], object]) -> Path:
        made = shared / f"once-{name}"
        with FileLock(shared / f"once-{name}.lock"):
            if not (made / ".made").exists():
                made.mkdir(exist_ok=True)
                make(made)
                (made / ".made").touch()
        return made

    return folder


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Refuse any connection that would leave this machine; loopback and Unix sockets stay allowed."""
    real_connect, real_connect_ex = socket.socket.connect, socket.socket.connect_ex

    def allowed(address: object) -> bool:
        host = str(address[0]) if isinstance(address, tuple) else ""
        return not isinstance(address, tuple) or host in {"127.0.0.1", "::1", "localhost"}

    def connect(self: socket.socket, address: object) -> None:
        if not allowed(address):
            raise AssertionError(f"a test tried to reach {address!r}; tests work without a network")
        real_connect(self, address)  # type: ignore[arg-type]  # socket's address type is private

    def connect_ex(self: socket.socket, address: object) -> int:
        if not allowed(address):
            raise AssertionError(f"a test tried to reach {address!r}; tests work without a network")
        return real_connect_ex(self, address)  # type: ignore[arg-type]  # socket's address type is private

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect_ex)
    yield


class SkipGate:
    """Turns a run red when a test was skipped for any reason but absent shared data.

    A skipped test is an untested promise, and nobody reads the count. In force only where
    `SCORECARDS_FAIL_ON_SKIP` is set (`.ci/run`), so that a developer may still skip while working.
    """

    def __init__(self) -> None:
        self.unexcused: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self.note(report.nodeid, report.longrepr)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.note(report.nodeid, report.longrepr)

    def note(self, nodeid: str, longrepr: object) -> None:
        reason = str(longrepr[2]) if isinstance(longrepr, tuple) else str(longrepr)
        if SHARED_DATA_ABSENT not in reason:
            self.unexcused.append(f"{nodeid}: {reason}")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.unexcused and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for line in self.unexcused:
            terminalreporter.write_line(f"SKIPPED WITHOUT EXCUSE {line}", red=True)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out groups in the order in which they stand, not the one with the most tests first."""
    from xdist.scheduler import LoadScopeScheduling

    class Groups(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid)

    config.option.loadscopereorder = False
    return Groups(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long groups first, when workers share the tests."""
    if is_worker(config):
        place = {group: number for number, group in enumerate(LONG)}
        items.sort(key=lambda item: place.get(group_of(item.nodeid), len(LONG)))


def pytest_configure(config: pytest.Config) -> None:
    """Install the gate where it is asked for; workers tell whom they work for what they skipped."""
    # dbt, Dagster and Great Expectations are imported here too, and looked through for garbage again and again
    gc.set_threshold(200_000, 20, 20)
    if os.environ.get(FAIL_ON_SKIP_VARIABLE) and not is_worker(config):
        config.pluginmanager.register(SkipGate(), "skip-gate")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """An empty selection is no failure: `make test-system` holds before the first system test exists."""
    if session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and session.config.option.markexpr:
        session.exitstatus = pytest.ExitCode.OK
