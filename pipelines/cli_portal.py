"""The verbs of what is given out: archives, the portal, its accounts and its audit. Slow imports stay inside the verbs.

Belongs here: one thin function a verb. Does not belong here: everything up to the seal (`cli`).
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipelines.cli_home import chosen_home, home_option
from pipelines.company.findings import Finding, InputError
from pipelines.periods import parse_period
from pipelines.scorecards.errors import IntegrityError


@click.command()
@click.argument("period")
@home_option
@click.option("--for", "audience", default="hr", show_default=True, help="hr, manager:ID or person:ID.")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="Folder for the archive.  [default: the folder one stands in]",
)
def bundle(period: str, home: Path | None, audience: str, folder: Path) -> None:
    """One ZIP of the newest sealed revision of PERIOD: HR's whole period, a manager's reports, or one person's card."""
    from pipelines.portal.parcels import save

    file, parcel = save(chosen_home(home), str(parse_period(period)), audience, folder)
    click.echo(f"{parcel.period} {parcel.revision}: {len(parcel.files)} sealed files -> {file}")


@click.command()
@home_option
@click.option("--bind", "host", default="127.0.0.1", show_default=True, help="The address to be reached at.")
@click.option("--port", type=click.IntRange(1, 65535), default=8484, show_default=True)
def serve(home: Path | None, host: str, port: int) -> None:
    """The portal: sealed scorecards for HR, managers and each person, until Ctrl-C."""
    from pipelines.portal.serving import serve as serve_portal

    place = chosen_home(home)
    click.echo(f"portal: http://{host}:{port}")
    serve_portal(place, host, port)


@click.group()
def account() -> None:
    """Who may sign in to the portal, beside those whom a provider or proxy vouches for."""


@account.command("add")
@click.argument("name")
@click.option("--person", default="", help="Person id whose scorecards these are.")
@click.option("--role", "roles", multiple=True, type=click.Choice(["hr", "person"]), help="[default: person]")
@click.option("--no-password", is_flag=True, help="Only a provider or a trusted proxy vouches for this name.")
@home_option
def add_account(name: str, person: str, roles: tuple[str, ...], no_password: bool, home: Path | None) -> None:
    """Make the account NAME, or replace it; its sessions end. The password is asked for, or read from a pipe."""
    from pipelines.portal.accounts import set_account
    from pipelines.portal.facts import read_facts

    place = chosen_home(home)
    if person and person not in read_facts(place).people:
        problem = "no person has this id"
        raise InputError([Finding("people/people.csv", column="person_id", value=person, problem=problem)])
    password = None if no_password else _password()
    made = set_account(place, name, person, (*roles, *(("person",) if person else ())), password)
    click.echo(f"account {made.name}: {', '.join(made.roles)} {made.person_id}".rstrip())


@account.command("list")
@home_option
def list_accounts(home: Path | None) -> None:
    """Every account with its roles and person."""
    from pipelines.portal.accounts import read_accounts

    for one in read_accounts(chosen_home(home)).values():
        how = "password" if one.password else "provider or proxy"
        click.echo(f"{one.name}\t{', '.join(one.roles)}\t{one.person_id or '-'}\t{how}")


@account.command("remove")
@click.argument("name")
@home_option
def drop_account(name: str, home: Path | None) -> None:
    """Remove the account NAME; its sessions end."""
    from pipelines.portal.accounts import remove_account

    remove_account(chosen_home(home), name)
    click.echo(f"removed: {name}")


@click.group()
def audit() -> None:
    """What was seen and done in the portal."""


@audit.command("verify")
@home_option
def verify_audit(home: Path | None) -> None:
    """Check that no entry was changed, added or removed since it was written."""
    from pipelines.portal.key import portal_key
    from pipelines.portal.ledger import BrokenChainError, Ledger

    place = chosen_home(home)
    try:
        count, last = Ledger(place, portal_key(place)).verify()
    except BrokenChainError as error:
        raise IntegrityError(f"portal/portal.db: {error}. Restore it from a backup") from error
    click.echo(f"ok: {count} entries; the last one is {last}")


@audit.command("show")
@home_option
def show_audit(home: Path | None) -> None:
    """Every entry, a JSON object a line, the earliest first."""
    import json
    from dataclasses import asdict

    from pipelines.portal.key import portal_key
    from pipelines.portal.ledger import BrokenChainError, Ledger

    place = chosen_home(home)
    try:
        for entry in Ledger(place, portal_key(place)).entries():
            click.echo(json.dumps(asdict(entry), ensure_ascii=False))
    except BrokenChainError as error:
        raise IntegrityError(f"portal/portal.db: {error}. Restore it from a backup") from error


def _password() -> str:
    """Ask for a password twice, or read one line from a pipe."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")
