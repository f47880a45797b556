"""From the name that somebody signed in with to the viewer that `access` judges.

Belongs here: names of accounts, e-mails of people, roles, reporting lines. Pure. Does not belong here: proving the name
(`accounts`, `oidc`, `guard`). Nobody becomes HR but by an account.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.company.records import Person
from pipelines.periods import OPEN_END
from pipelines.portal.access import PERSON, Line, Viewer
from pipelines.portal.accounts import Account, account_name
from pipelines.portal.facts import Facts
from pipelines.portal.sessions import LOCAL, Session


def viewer_of(session: Session, accounts: Mapping[str, Account], facts: Facts) -> Viewer | None:
    """Return who a session is; None when the account is gone, was made anew, or nobody has that name.

    A provider or a proxy may name an account, or somebody by the e-mail of people/people.csv, who then is a person and
    nothing else.
    """
    account = accounts.get(session.name)
    if account is not None:
        return _viewer(account.person_id, frozenset(account.roles), facts) if account.stamp == session.stamp else None
    if session.method == LOCAL or session.stamp:
        return None
    person = person_by_email(session.name, facts.people)
    return _viewer(person.person_id, frozenset({PERSON}), facts) if person else None


def person_by_email(told: str, people: Mapping[str, Person]) -> Person | None:
    """Return the one person with an e-mail address; None where nobody or more than one has it."""
    form = account_name(told)
    found = [one for one in people.values() if one.email and account_name(one.email) == form]
    return found[0] if len(found) == 1 else None


def _viewer(person_id: str, roles: frozenset[str], facts: Facts) -> Viewer:
    lines = tuple(
        Line(line.person_id, line.valid_from, line.valid_to or OPEN_END)
        for line in facts.lines
        if person_id and line.manager_id == person_id
    )
    return Viewer(person_id, roles, lines)
