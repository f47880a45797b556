"""Local accounts: who may sign in with a password, whose card is theirs, and who is HR.

Belongs here: the file `secrets/portal_accounts.json` (mode 0600), argon2id. Does not belong here: who leads whom
(people/reporting_lines.csv), sign-in by a provider or a proxy (`oidc`, `identity`), which finds its people here too.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from pipelines.company.findings import Finding, InputError
from pipelines.portal.access import ROLES
from pipelines.texts import text

if TYPE_CHECKING:
    from argon2 import PasswordHasher

ACCOUNTS_FILE = Path("secrets") / "portal_accounts.json"
LEAST_PASSWORD = 12
LONGEST_PASSWORD = 256
#: Each check takes 64 MiB: a crowd at the door must not take the machine's memory.
_ONE_AT_A_TIME = Lock()
_NAME = re.compile(r"\w[\w.@+\-]{0,127}")


@dataclass(frozen=True)
class Account:
    """One account.

    Attributes:
        name: what is typed to sign in, or what a provider or proxy says; lower case.
        person_id: whose card is theirs; empty for none.
        roles: of `access.ROLES`.
        password: its argon2id hash; empty where only a provider or a proxy vouches for the person.
        stamp: random, made anew whenever the account is; sessions of an earlier one end.
    """

    name: str
    person_id: str
    roles: tuple[str, ...]
    password: str
    stamp: str


def account_name(told: str) -> str:
    """Return the form in which names of accounts are compared."""
    return unicodedata.normalize("NFKC", told).strip().casefold()


def read_accounts(home: Path) -> dict[str, Account]:
    """Return the accounts of a company folder by name; none where there is no file.

    Raises:
        InputError: when the file cannot be read or others can read it.
    """
    path = home / ACCOUNTS_FILE
    if not path.is_file():
        return {}
    if path.stat().st_mode & 0o077:
        raise _refused("portal.account.open")
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        accounts = [Account(**{**row, "roles": tuple(row["roles"])}) for row in rows]
    except (ValueError, TypeError, KeyError) as error:
        raise _refused("portal.account.broken") from error
    return {account.name: account for account in accounts}


def set_account(home: Path, name: str, person_id: str, roles: tuple[str, ...], password: str | None) -> Account:
    """Make an account, or replace the one of that name.

    Args:
        home: the company folder.
        name: of the account.
        person_id: whose card is theirs; empty for none.
        roles: of `access.ROLES`.
        password: None where only a provider or a proxy vouches for the person.

    Raises:
        InputError: for a name that is none, an unknown role, a person without the role of one, or a short password.
    """
    form = account_name(name)
    if not _NAME.fullmatch(form):
        raise _refused("portal.account.name", value=name)
    if not roles or set(roles) - set(ROLES):
        raise _refused("portal.account.role", value=", ".join(roles))
    if ("person" in roles) != bool(person_id):
        raise _refused("portal.account.person", value=person_id)
    if password is not None and not LEAST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise _refused("portal.account.password")
    hashed = _hasher().hash(password) if password is not None else ""
    account = Account(form, person_id, tuple(sorted(roles)), hashed, secrets.token_hex(16))
    _write(home, {**read_accounts(home), form: account})
    return account


def remove_account(home: Path, name: str) -> None:
    """Remove an account; who is signed in with it is out at the next click.

    Raises:
        InputError: when there is none of that name.
    """
    accounts = read_accounts(home)
    if accounts.pop(account_name(name), None) is None:
        raise _refused("portal.account.unknown", value=name)
    _write(home, accounts)


def is_password(account: Account | None, password: str) -> bool:
    """Tell whether a password is that of an account; an account that is not there takes as long as one that is."""
    from argon2.exceptions import InvalidHashError, VerificationError

    known = account.password if account is not None and account.password else _nobody()
    try:
        with _ONE_AT_A_TIME:
            return _hasher().verify(known, password[:LONGEST_PASSWORD]) and bool(account and account.password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher, Type

    # RFC 9106, second recommended option: 64 MiB, three passes; one lane, because there are two cores
    return PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1, type=Type.ID)


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_hex(16))


def _write(home: Path, accounts: Mapping[str, Account]) -> None:
    path = home / ACCOUNTS_FILE
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.parent.chmod(0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump([asdict(accounts[name]) for name in sorted(accounts)], file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _refused(key: str, value: str = "") -> InputError:
    told = {"least": LEAST_PASSWORD, "longest": LONGEST_PASSWORD, "roles": ", ".join(ROLES)}
    problem, mend = text(key, "en", **told), text(f"{key}.mend", "en", **told)
    return InputError([Finding(ACCOUNTS_FILE.as_posix(), value=value, problem=problem, mend=mend)])
