"""What an alert holds and how it reads.

Belongs here: the fields, none of which can hold a person's data, and the lines. Pure. Does not belong here: addresses
and sending.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.texts import text

# the tag of a run whose command tells of it, so that nobody hears of it twice
_TOLD_TAG = "scorecards/told_by"


def told_by_command(run_id: str) -> dict[str, str]:
    """The tag of a run whose command tells of its end.

    The run is named in it, because Dagster copies tags when a person executes a run again, which no command watches.
    """
    return {_TOLD_TAG: f"command of {run_id}"}


def told_by_nobody(run_id: str) -> dict[str, str]:
    """The tag in its place when the command was killed with its run."""
    return {_TOLD_TAG: f"nobody, the command of {run_id} was killed"}


def is_told_by_command(run_id: str, tags: Mapping[str, str]) -> bool:
    """Whether the command of a run tells of its end."""
    return told_by_command(run_id).items() <= tags.items()


@dataclass(frozen=True)
class Alert:
    """One thing to be told.

    Attributes:
        kind: one of `company.alert_settings.KINDS`.
        job: the job that ran, or that should have.
        period: the period or months that it is about.
        steps: where a run stopped; empty where no step did.
        run_id: Dagster's id of the run; empty where there is none.
        withheld_lines: how many score lines are withheld; of `withheld` alone.
        due: the closing day, ISO; of `overdue` alone.
    """

    kind: str
    job: str
    period: str
    steps: tuple[str, ...] = ()
    run_id: str = ""
    withheld_lines: int = 0
    due: str = ""

    def title(self, lang: str) -> str:
        """What happened, in one line."""
        return text(f"alerts.title.{self.kind}", lang, period=self.period)

    def body(self, lang: str, webserver: str) -> str:
        """Job, period, step and link, one a line."""
        stopped = ", ".join(sorted(self.steps)) or text("alerts.no_step", lang)
        lines = [
            text("alerts.job", lang, job=self.job),
            text("alerts.period", lang, period=self.period),
            text("alerts.step", lang, step=stopped) if self.kind in ("failed", "blocked") else "",
            text("alerts.lines", lang, n=self.withheld_lines) if self.withheld_lines else "",
            text("alerts.due", lang, day=self.due) if self.due else "",
            text("alerts.run", lang, run=self.run_id) if self.run_id else "",
            text("alerts.link", lang, link=self.link(webserver)) if webserver else "",
        ]
        return "\n".join(line for line in lines if line)

    def link(self, webserver: str) -> str:
        """Where to look: the page of the run, or the page of all runs."""
        return f"{webserver}/runs/{self.run_id}" if self.run_id else f"{webserver}/runs"
