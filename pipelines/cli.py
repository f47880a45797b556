"""The `scorecards` command: thin, one function a verb. Slow imports stay inside the verbs.

Exit codes: 0 done; 1 a bug; 2 bad usage or input; 3 blocked by integrity; 4 withheld lines under --strict.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli_home import chosen_home, home_option
from pipelines.cli_portal import account, audit, bundle, serve
from pipelines.company.findings import Finding, InputError
from pipelines.periods import PeriodError, parse_period, parse_range
from pipelines.scorecards.errors import IntegrityError

if TYPE_CHECKING:
    from pipelines.alerts import Alert
    from pipelines.company import Company
    from pipelines.runner import Mark, RunOutcome

EXIT_BUG = 1
EXIT_INPUT = 2
EXIT_BLOCKED = 3
EXIT_WITHHELD = 4


class _Command(click.Group):
    """Turns what a person must mend into exit 2 and a broken integrity into exit 3; a bug keeps its traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except InputError as error:
            for finding in error.findings:
                click.echo(f"error: {finding}", err=True)
            ctx.exit(EXIT_INPUT)
        except PeriodError as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(EXIT_INPUT)
        except IntegrityError as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(EXIT_BLOCKED)


@click.group(cls=_Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kpi-scorecards")
def main() -> None:
    """KPI scorecards and bonuses, from exports to sealed evidence."""


@main.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--demo", is_flag=True, help="Fill it with the demo company: 24 people, 25 months of generated exports.")
@click.option(
    "--workbook",
    is_flag=True,
    help="Only write reviews/workbook.xlsx anew, with drop-downs of the company that is in DIRECTORY.",
)
def init(directory: Path, demo: bool, workbook: bool) -> None:
    """Make a company folder with commented templates."""
    if workbook:
        from pipelines.company.loader import load_company
        from pipelines.company.templates import renew_workbook

        if demo:
            raise click.UsageError("--demo and --workbook exclude each other")
        click.echo(f"written: {renew_workbook(load_company(chosen_home(directory)))}")
        return
    if (directory / "company.yaml").exists():
        raise InputError(
            [
                Finding(
                    file=str(directory / "company.yaml"),
                    problem="there is a company already",
                    mend="Choose another folder.",
                )
            ]
        )
    if demo:
        from pipelines.company.templates import equip_home, refuse_used_folder
        from pipelines.demo import generate

        refuse_used_folder(directory)
        # a company folder is whole or not there: a killed generator leaves nothing that looks like one
        partial = directory.resolve().parent / f".{directory.resolve().name}.partial"
        shutil.rmtree(partial, ignore_errors=True)
        generate(partial)
        partial.rename(directory.resolve())
        equip_home(directory)
        click.echo(f"demo company written to {directory}; next: scorecards run 2026-10 --home {directory}")
        return
    from pipelines.company.templates import init_company

    init_company(directory)
    click.echo(
        f"company folder written to {directory}; fill company.yaml and people/, put exports into exports/<platform>/"
    )


@main.command()
@click.argument("period")
@home_option
@click.option("--strict", is_flag=True, help="Exit with 4 when any score line is withheld.")
@click.option("--quiet", is_flag=True, help="No progress lines.")
@click.option("--alert", is_flag=True, help="Tell the addresses of company.yaml's alerts how it went, as for cron.")
def run(period: str, home: Path | None, strict: bool, quiet: bool, alert: bool) -> None:
    """Ingest, build, check, score and write drafts of PERIOD: 2026-10, 2026-Q3, 2026 or a range A..B."""
    from pipelines.alerts import told_by_command

    place = chosen_home(home)
    if not quiet:
        os.environ["SCORECARDS_PROGRESS"] = "1"
    with _telling(place, period) if alert else nullcontext():
        outcome = _run(place, period, told_by_command if alert else None)
    if alert and (told := outcome.alert(period)) is not None:
        _send(place, told)
    if outcome.kind != "done":
        for message in outcome.messages:
            click.echo(f"error: {message}", err=True)
        click.echo(f"{period} is not published; the last publication stands (run {outcome.run_id[:8]})", err=True)
        sys.exit({"blocked": EXIT_BLOCKED, "input": EXIT_INPUT}.get(outcome.kind, EXIT_BUG))
    for name, left in outcome.periods.items():
        for message in left.messages:
            click.echo(message)
        click.echo(f"{name}: {left.people} scorecards, {left.withheld_lines} score lines withheld -> {left.folder}")
        if left.lists:
            click.echo(f"{name}: {left.lists} lists and reports -> {left.folder}/{name}_lists_*.html and *_list_*.csv")
    click.echo(f"warehouse: {place / 'published' / 'kpi.duckdb'}")
    if strict and any(left.withheld_lines for left in outcome.periods.values()):
        sys.exit(EXIT_WITHHELD)


def _run(home: Path, period: str, mark: Mark | None) -> RunOutcome:
    periods = parse_range(period) if ".." in period else [parse_period(period)]
    from pipelines.company.loader import load_company

    company = load_company(home)
    if not company.positions:
        raise InputError([_nobody(company)])
    from pipelines.runner import run_periods
    from pipelines.warehouse.layout import Layout
    from pipelines.warehouse.lock import home_lock

    # The run takes the lock itself; who comes second is told here why nothing happens.
    with home_lock(Layout(home), _tell_waiting):
        pass
    return run_periods(home, periods, mark=mark)


@contextmanager
def _telling(home: Path, period: str) -> Iterator[None]:
    """Tell of whatever keeps a run from ending in an outcome: an input, a lock, a bug, an interruption."""
    try:
        yield
    except BaseException as error:
        from pipelines.alerts import Alert

        steps = ("company",) if isinstance(error, InputError) else ()
        _send(home, Alert("failed", "scorecards run", period, steps=steps))
        raise


def _send(home: Path, alert: Alert) -> None:
    from pipelines.alerts import tell

    for problem in tell(home, alert):
        click.echo(f"warning: an alert did not arrive: {problem}", err=True)


def _tell_waiting() -> None:
    click.echo("another run is writing to this company folder; waiting for it to end", err=True)


def _nobody(company: Company) -> Finding:
    """What is still to be filled in a folder of templates."""
    file = "people/positions.csv" if company.people else "people/people.csv"
    return Finding(
        file=file,
        problem="nobody is listed yet, so there is nobody to score",
        mend="Fill people/people.csv, positions.csv, accounts.csv, assignments.csv and scheme_assignments.csv, name "
        "the approvers in company.yaml, and put exports into exports/<platform>/; docs/company-folder.md tells how.",
    )


@main.command()
@click.argument("period")
@click.option("--by", "approver", required=True, help="Person id of an approver listed in company.yaml.")
@home_option
def seal(period: str, approver: str, home: Path | None) -> None:
    """Approve the draft of PERIOD: it becomes the next sealed revision, which never changes again."""
    from pipelines.company.loader import load_company
    from pipelines.scorecards import seal as seal_draft
    from pipelines.warehouse.layout import Layout
    from pipelines.warehouse.lock import home_lock

    place = chosen_home(home)
    company = load_company(place)
    with home_lock(Layout(place), _tell_waiting):
        folder = seal_draft(place, company, parse_period(period), approver)
    click.echo(f"sealed: {folder}")
    _tell_overtaken(place)


@main.command()
@home_option
def status(home: Path | None) -> None:
    """What has landed, what is in quarantine and why, what is built, sealed and due."""
    from pipelines.company.frames import company_tables
    from pipelines.company.keys import Pseudonymiser
    from pipelines.company.loader import load_company
    from pipelines.landing import file_catalogue
    from pipelines.landing import status as landing_status
    from pipelines.warehouse.layout import Layout
    from pipelines.warehouse.status import build_status

    place = chosen_home(home)
    tables = company_tables(load_company(place), Pseudonymiser.from_home(place))
    landed = landing_status(place)
    click.echo(f"landing: {len(landed.landed)} files, {len(landed.duplicates)} delivered again")
    for record in landed.with_broken_rows:
        rows = f"{record.broken_rows} of {record.rows + record.broken_rows} rows set aside"
        click.echo(f"broken rows: {record.label}: {rows} -> quarantine/{record.content_id}_rows.csv")
    for record in landed.refused:
        click.echo(f"refused: {record.label}: an expectation does not hold. Replace or remove the file and run again")
    for record in landed.quarantined:
        click.echo(f"quarantine: {record.label}: {record.reason}. {record.mend}")
    for line in build_status(Layout(place), file_catalogue(place), tables):
        click.echo(line)
    _tell_overtaken(place)


def _tell_overtaken(home: Path) -> None:
    """Say which sealed true-ups went by a revision of a month that is no longer the newest."""
    from pipelines.scorecards.settling import overtaken

    for period, revision, month, newest in overtaken(home):
        click.echo(
            f"{period}: true-up overtaken, {revision} settled {month} before its {newest}; "
            f"next: scorecards run {period}, then seal it"
        )


@main.command()
@click.argument("person")
@click.argument("period")
@click.argument("kpi", required=False)
@home_option
@click.option("--lang", type=click.Choice(["zh", "en"]), default=None, help="[default: the company's locale]")
def explain(person: str, period: str, kpi: str | None, home: Path | None, lang: str | None) -> None:
    """How PERSON's score and bonus of PERIOD came about, down to file and row."""
    from pipelines.company.loader import load_company
    from pipelines.scorecards import explain as explain_card

    place, parsed = chosen_home(home), parse_period(period)
    company = load_company(place)
    paths = _delivered(place)
    click.echo(explain_card(place, company, person, parsed, kpi, lang or company.locale, paths=paths))


def _delivered(home: Path) -> dict[str, str]:
    """Where each export lies in the company folder, by content id; of several deliveries the first by path."""
    from pipelines.landing import status as landing_status

    landed = landing_status(home)
    labels = sorted((record.label, record.content_id) for record in (*landed.landed, *landed.duplicates))
    return {content_id: label for label, content_id in reversed(labels)}


@main.command()
@click.argument("period")
@home_option
def verify(period: str, home: Path | None) -> None:
    """Check the sealed revisions of PERIOD: every file's hash, and a recomputation from the archived inputs."""
    from pipelines.runner import recompute
    from pipelines.scorecards import verify as verify_seals
    from pipelines.warehouse.layout import code_version

    place, parsed = chosen_home(home), parse_period(period)
    report = verify_seals(
        place, parsed, lambda manifest: recompute(place, parsed, manifest), code_version=code_version()
    )
    if report.sound and not report.revisions:
        raise InputError(
            [
                Finding(
                    file=f"seals/{parsed}",
                    problem="nothing is sealed for this period, so there is nothing to verify",
                    mend=f"Seal its draft first: `scorecards seal {parsed} --by PERSON_ID`.",
                )
            ]
        )
    click.echo(str(report))
    if not report.sound:
        sys.exit(EXIT_BLOCKED)


@main.command("signing-key")
@home_option
def signing_key(home: Path | None) -> None:
    """Make the key by which every seal from now on is signed, and print the public one."""
    from pipelines.scorecards.signing import PUBLIC_FILE, make_keys
    from pipelines.warehouse.layout import Layout
    from pipelines.warehouse.lock import home_lock

    place = chosen_home(home)
    with home_lock(Layout(place), _tell_waiting):
        public = make_keys(place)
    click.echo(public)
    click.echo(f"written: {place / PUBLIC_FILE}; keep a copy where nobody can change it", err=True)


def _percent(_ctx: click.Context, _param: click.Parameter, value: str) -> Decimal:
    """A plain number above 0 and at most 100; as text, since a binary float would not stay 17.5."""
    if not re.fullmatch(r"\d{1,3}(\.\d{1,6})?", value, re.ASCII) or not 0 < Decimal(value) <= 100:
        raise click.BadParameter(f"{value!r} is not a number above 0 and at most 100, such as 30 or 17.5")
    return Decimal(value)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "csv", "yaml"]), default="table", show_default=True)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="en", show_default=True)
@click.option("--decimals", type=click.IntRange(0, 6), default=2, show_default=True, help="Of the printed weights.")
@click.option(
    "--total",
    default="100",
    show_default=True,
    callback=_percent,
    help="What the weights sum to: the weight of the component that they stand in.",
)
def weights(file: Path, form: str, lang: str, decimals: int, total: Decimal) -> None:
    """Weights from experts' judgements in FILE: pairwise comparison (0-4, 0-1) and Delphi rounds."""
    from pipelines.company.expert_rounds import read_expert_rounds
    from pipelines.scorecards.weights import weight_report

    if total != round(total, decimals):
        raise click.BadParameter(f"{total} has more than {decimals} decimals (--decimals)", param_hint="--total")
    report = weight_report(read_expert_rounds(file, lang), form, lang, decimals, total)
    click.echo(report.printed)
    for warning in report.warnings:
        click.echo(f"warning: {warning}", err=True)


@main.group()
def followers() -> None:
    """What followers are worth."""


@followers.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--on",
    "observed_on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which the accounts were looked at, where FILE does not say it (age_days, observed_at).",
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="en", show_default=True, help="Of the reasons.")
def score(file: Path, observed_on: datetime | None, lang: str) -> None:
    """Points, verdict and reasons for the accounts in FILE, a CSV row for each, by the pipeline's own scoring card."""
    from pipelines.followers import score_file

    read = score_file(file, sys.stdout, lang, observed_on.date() if observed_on else None)
    if not read.has_ages:
        click.echo(
            "no account's age is known, so none is pending and no line that asks for the age gives points: "
            "add created_at and --on DAY (or a column observed_at), or age_days",
            err=True,
        )


@main.command()
@click.argument("scheme")
@home_option
@click.option("--lang", type=click.Choice(["zh", "en"]), default=None, help="[default: the company's locale, else en]")
@click.option("--strict", is_flag=True, help="Exit with 2 on warnings too.")
def lint(scheme: str, home: Path | None, lang: str | None, strict: bool) -> None:
    """Everything that is wrong or unwise in SCHEME, an id or a file; with a company, targets against its history."""
    from dataclasses import asdict

    from pipelines.schemes.advice import PastValues
    from pipelines.schemes.lint import ERROR, lint_scheme, summary
    from pipelines.warehouse.history import past_values
    from pipelines.warehouse.layout import Layout

    place = _home_if_any(home)
    rows = past_values(Layout(place).published / "kpi.duckdb") if place else []
    past = {row.kpi_id: PastValues(**asdict(row.past)) for row in rows}
    spoken = lang or _locale(place)
    marked = lint_scheme(scheme, place, past=past, lang=spoken)
    for one in marked:
        click.echo(one.told(spoken))
    click.echo(summary(marked, spoken))
    if any(strict or one.severity == ERROR for one in marked):
        sys.exit(EXIT_INPUT)


@main.command()
@click.argument("scheme")
@home_option
@click.option("--lang", type=click.Choice(["zh", "en", "both"]), default="both", show_default=True)
@click.option("--format", "file_format", type=click.Choice(["md", "html"]), default="md", show_default=True)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file. [default: the screen]"
)
@click.option("--against", help="Another scheme, an id or a file: tell what changed from it to SCHEME.")
def render(scheme: str, home: Path | None, lang: str, file_format: str, out: Path | None, against: str | None) -> None:
    """SCHEME, an id or a file, told in plain words to the people whom it governs, with every number."""
    from pipelines.company.loader import load_company_file
    from pipelines.schemes import load_scheme, read_catalogue
    from pipelines.scorecards.handbook import render_changes, render_handbook

    if out is not None and not out.resolve().parent.is_dir():
        raise click.BadParameter(f"there is no folder {out.parent}", param_hint="--out")
    place = _home_if_any(home)
    currency = load_company_file(place).currency if place else ""
    languages = ("zh", "en") if lang == "both" else (lang,)
    told = load_scheme(scheme, place, lang=languages[-1])
    if against is None:
        page = render_handbook(told, read_catalogue(), languages, file_format, currency)
    else:
        former = load_scheme(against, place, lang=languages[-1])
        page = render_changes(former, told, read_catalogue(), languages, file_format, currency)
    if out is None:
        click.echo(page, nl=False)
        return
    out.write_text(page, encoding="utf-8")
    click.echo(f"written: {out}")


@main.command()
@click.argument("scheme")
@click.argument("periods")
@home_option
@click.option("--team", default="", help="Only people of this team, whatever scheme pays them.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default=None, help="[default: the company's locale]")
def simulate(scheme: str, periods: str, home: Path | None, team: str, lang: str | None) -> None:
    """What built PERIODS (one, or A..B) would have been under SCHEME, an id or a file; drafts and seals stay as is."""
    from pipelines.company.loader import load_company
    from pipelines.schemes import load_scheme
    from pipelines.scorecards import simulation as room
    from pipelines.warehouse.layout import Layout

    place = chosen_home(home)
    company = load_company(place)
    spoken = lang or company.locale
    tried = load_scheme(scheme, place, lang=spoken)
    file = Layout(place).warehouse_file
    found = room.simulate(company, file, tried, parse_range(periods), team, spoken)
    folder = room.write(company, file, found)
    for line in room.summary(found, spoken, company.currency):
        click.echo(line)
    click.echo(f"written: {folder}")


@main.command()
@click.argument("query", required=False)
@home_option
@click.option("--format", "form", type=click.Choice(["table", "csv"]), default="table", show_default=True)
def sql(query: str | None, home: Path | None, form: str) -> None:
    """Ask the published warehouse QUERY, or what is piped in or typed; read-only, and no file but it is in reach."""
    from pipelines.scorecards.tables import csv_bytes
    from pipelines.warehouse.console import answer, converse, draw, open_closed
    from pipelines.warehouse.layout import Layout

    with open_closed(Layout(chosen_home(home)).published / "kpi.duckdb") as connection:
        if form == "csv":
            found = answer(connection, query or sys.stdin.read())
            sys.stdout.buffer.write(csv_bytes(found.columns, found.rows, found.numeric))
        elif query is None and sys.stdin.isatty():
            converse(connection)
        else:
            draw(connection, query or sys.stdin.read())


@main.command()
@home_option
def docs(home: Path | None) -> None:
    """Write reference/: models, columns and where each column comes from, as pages that need no network."""
    from pipelines.warehouse.layout import Layout
    from pipelines.warehouse.reference import write_reference

    written = write_reference(Layout(chosen_home(home)), _tell_waiting)
    click.echo(f"written: {written.models} and {written.lineage}")
    if written.not_followed:
        click.echo(f"without lineage, their SQL cannot be followed: {', '.join(written.not_followed)}")


def _home_if_any(given: Path | None) -> Path | None:
    """The company folder, for verbs that need none: a scheme can be read before there is a company."""
    if given is None and "SCORECARDS_HOME" not in os.environ and not (Path.cwd() / "company.yaml").is_file():
        return None
    return chosen_home(given)


def _locale(home: Path | None) -> str:
    """The language of the company; English where there is none."""
    if home is None:
        return "en"
    from pipelines.company.loader import load_company_file

    return load_company_file(home).locale


for _verb in (bundle, serve, account, audit):
    main.add_command(_verb)


if __name__ == "__main__":
    main()
