"""Which account a file belongs to: its folder, the handle in its name, the handle in its post links, the only account.

Belongs here: that decision. Where two of these contradict each other, or none tells, the file is set aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from pipelines.landing.reasons import QuarantineError
from pipelines.sources.filenames import FolderFacts, NameFacts
from pipelines.sources.spec import SourceSpec


class AccountLike(Protocol):
    """What is needed of an account of people/accounts.csv."""

    @property
    def account_id(self) -> str:
        """The company's own id of the account."""

    @property
    def platform(self) -> str:
        """The platform, in lower case."""

    @property
    def handle(self) -> str:
        """The handle on the platform, with or without an at sign; may be empty."""


def resolve_subject(
    spec: SourceSpec,
    accounts: Sequence[AccountLike],
    folder: FolderFacts,
    name: NameFacts,
    link_handles: Iterable[str],
) -> str:
    """Return the account_id, or an empty text for a source that needs none and has none.

    Args:
        spec: the source.
        accounts: all accounts of the company.
        folder: what the file's place says.
        name: what the file's name says.
        link_handles: the handles in its post links.

    Raises:
        QuarantineError: when the account is unknown or contradicted.
    """
    ours = [account for account in accounts if _fold(account.platform) == _fold(spec.platform)]
    if spec.subject == "optional":
        here = [
            account for account in accounts if _fold(account.platform) in (_fold(spec.platform), _fold(folder.platform))
        ]
        named = [hit for part in folder.account_folders if (hit := _by_id_or_handle(here, part))]
        return named[0] if named else (here[0].account_id if len(here) == 1 else "")
    said: list[tuple[str, str]] = []
    for part in folder.account_folders:
        hit = _by_id_or_handle(ours, part)
        if not hit:
            raise QuarantineError("unknown_folder", folder=part, platform=spec.platform)
        said.append(("the folder", hit))
    if name.handle:
        hit = _by_id_or_handle(ours, name.handle)
        if hit:
            said.append(("the file name", hit))
        elif not said:
            raise QuarantineError("unknown_handle", platform=spec.platform)
    said += _from_links(ours, link_handles, settled=bool(said), platform=spec.platform)
    if not said:
        if len(ours) == 1:
            return ours[0].account_id
        raise QuarantineError("unknown_subject", count=len(ours), platform=spec.platform)
    first, first_account = said[0]
    for second, second_account in said[1:]:
        if second_account != first_account:
            raise QuarantineError(
                "subject_conflict",
                first=first,
                first_account=first_account,
                second=second,
                second_account=second_account,
            )
    return first_account


def account_named(platform: str, accounts: Sequence[AccountLike], text: str) -> str:
    """Return the account_id of the account that a cell names by id or handle, or the text when it names none.

    Args:
        platform: the platform of the source; its accounts come before those of others.
        accounts: all accounts of the company.
        text: what the cell says.
    """
    ours = [account for account in accounts if _fold(account.platform) == _fold(platform)]
    if hit := _by_id_or_handle(ours, text):
        return hit
    hits = {hit for account in accounts if (hit := _by_id_or_handle([account], text))}
    # one handle on two platforms names neither
    return hits.pop() if len(hits) == 1 else text


def _from_links(
    accounts: Sequence[AccountLike], handles: Iterable[str], *, settled: bool, platform: str
) -> list[tuple[str, str]]:
    """What the post links say. A handle that is nobody's says nothing once folder or name has told (a renaming)."""
    known: set[str] = set()
    unknown = False
    for handle in handles:
        hit = _by_id_or_handle(accounts, handle)
        if hit:
            known.add(hit)
        elif _fold(handle) != "i":  # x.com/i/status/… names nobody
            unknown = True
    if len(known) > 1:
        raise QuarantineError("several_handles")
    if unknown and not settled:
        raise QuarantineError("several_handles" if known else "unknown_link_handle", platform=platform)
    return [("a post link", account) for account in known]


def _by_id_or_handle(accounts: Sequence[AccountLike], text: str) -> str:
    wanted = _fold(text)
    for account in accounts:
        if wanted in (_fold(account.account_id), _fold(account.handle)):
            return account.account_id
    return ""


def _fold(text: str) -> str:
    return text.strip().removeprefix("@").casefold()
