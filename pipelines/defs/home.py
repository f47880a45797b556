"""The company folder as a Dagster resource: one writer, one snapshot of the human files per run.

Belongs here: finding the home, holding its lock for the length of a run, clearing what a killed run left.
"""

import faulthandler
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from pydantic import PrivateAttr

from pipelines.company.findings import Finding, InputError
from pipelines.company.loader import load_company
from pipelines.company.model import Company
from pipelines.company.templates import equip_home
from pipelines.defs.stale_runs import end_orphans, end_stale_runs, mark_run
from pipelines.schemes import Shelf
from pipelines.scorecards.assemble import ScoredPeriod
from pipelines.scorecards.drafts import Built
from pipelines.warehouse.layout import Layout
from pipelines.warehouse.lock import home_lock
from pipelines.warehouse.scratch import discard_scratch

HOME_VARIABLE = "SCORECARDS_HOME"

_TOLD_ELSEWHERE = ("there is a defect", "`scorecards status` tells what it is and how to mend it")


def home_from_environment() -> Path | None:
    """The company folder that this code location serves; None when none is chosen."""
    value = os.environ.get(HOME_VARIABLE)
    return Path(value).resolve() if value else None


def _load(home: Path) -> Company:
    """Load the company; a defect is told by its place alone.

    An error of a run is kept in Dagster's event log, and a finding quotes the cell: a name or an e-mail address. The
    command line loads the folder before the run and tells the findings in full.
    """
    try:
        return load_company(home)
    except InputError as error:
        places = [Finding(f.file, f.row, f.column, "", *_TOLD_ELSEWHERE) for f in error.findings]
    # outside of the handler, so that the quoting error is not kept as the context of this one
    raise InputError(places)


class HomeResource(dg.ConfigurableResource):
    """The company folder of this code location.

    A run holds the home lock from its first step to its last, so a command-line run, a daemon run and a backfill
    queue up behind one another; and it reads the human files once, so that a file edited meanwhile waits for the next.
    """

    path: str

    _company: Company = PrivateAttr()
    _shelf: Shelf = PrivateAttr()
    _scored: dict[object, ScoredPeriod] = PrivateAttr(default_factory=dict)
    _built: dict[str, Built] = PrivateAttr(default_factory=dict)

    @property
    def layout(self) -> Layout:
        """The output paths of the company folder."""
        return Layout(Path(self.path))

    @property
    def company(self) -> Company:
        """The company as its files stood when the run began."""
        return self._company

    @property
    def shelf(self) -> Shelf:
        """The company's schemes, each version read once a run."""
        return self._shelf

    @property
    def scored(self) -> dict[object, ScoredPeriod]:
        """Periods that this run has scored, by period."""
        return self._scored

    @property
    def built(self) -> dict[str, Built]:
        """Cards that this run has written, by period."""
        return self._built

    @property
    def finished_file(self) -> Path:
        """The warehouse file of this run; the last whole build when a person materialises only what follows it."""
        return self.layout.scratch_file if self.layout.scratch_file.exists() else self.layout.warehouse_file

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["HomeResource"]:
        """Wait for the home lock, clear what a killed run left, and load the company."""
        instance, run = context.instance, context.run
        # should a library die in native code, the log of the step says in which call
        faulthandler.enable(sys.__stderr__ or sys.stderr)
        if instance is not None and run is not None:
            mark_run(instance, run.run_id)
        log = context.log

        def waiting() -> None:
            if log is not None:
                log.info("another run is writing to this company folder; waiting for it to end")

        with home_lock(self.layout, waiting):
            if instance is not None and run is not None:
                end_stale_runs(instance, run.run_id)
            end_orphans(self.layout)
            discard_scratch(self.layout)
            equip_home(self.layout.home)
            self._company = _load(self.layout.home)
            self._shelf = Shelf(self.layout.home)
            self._scored, self._built = {}, {}
            yield self
