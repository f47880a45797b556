"""Who may do what: one pure function over viewer, act and what is asked for.

Belongs here: roles, stages of a release, reporting lines, and `may`. Does not belong here: who somebody is
(`identity`), which stage a revision has reached (`ledger`), HTTP. Everything that is not allowed here is told as if it
did not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, IntEnum

from pipelines.company.leading import led_throughout
from pipelines.periods import OPEN_END, Period

HR = "hr"
PERSON = "person"
ROLES = (HR, PERSON)


class Stage(IntEnum):
    """To whom a revision has been shown; each stage includes the ones before. It never goes back."""

    UNSEALED = 0
    HR = 1
    MANAGERS = 2
    PEOPLE = 3


class Act(Enum):
    """What somebody may want to do with a revision."""

    SEE_CARD = "see_card"
    SEE_LISTS = "see_lists"
    BUNDLE = "bundle"
    RELEASE = "release"
    ACKNOWLEDGE = "acknowledge"
    OBJECT = "object"


@dataclass(frozen=True)
class Line:
    """A report of the viewer on the days [start, end)."""

    person_id: str
    start: date
    end: date = OPEN_END


@dataclass(frozen=True)
class Viewer:
    """Somebody who is signed in.

    Attributes:
        person_id: the person of people/people.csv; empty for an account that belongs to none.
        roles: of `ROLES`.
        lines: who reports to the person, from when to when.
    """

    person_id: str = ""
    roles: frozenset[str] = frozenset()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What an act is about.

    Attributes:
        period: of the revision.
        stage: to whom the revision has been shown.
        person_id: whose card it is; empty for what belongs to nobody alone.
        employed: the half-open window of the person's employment; None when it is not known.
    """

    period: Period
    stage: Stage
    person_id: str = ""
    employed: tuple[date, date] | None = None


def may(viewer: Viewer, act: Act, asked: Asked) -> bool:
    """Tell whether a viewer may do something.

    HR sees and releases everything that is sealed. A manager sees a report's card from the stage of managers on, where
    the line was theirs in every month of the period in which the report was employed. A person sees the own card from
    the stage of people on, and nobody else acknowledges it or objects to it.
    """
    if asked.stage is Stage.UNSEALED:
        return False
    own = PERSON in viewer.roles and bool(viewer.person_id) and asked.person_id == viewer.person_id
    if act in (Act.ACKNOWLEDGE, Act.OBJECT):
        return own and asked.stage is Stage.PEOPLE
    if HR in viewer.roles:
        return True
    if act is not Act.SEE_CARD or not asked.person_id:
        return False
    if own:
        return asked.stage is Stage.PEOPLE
    return asked.stage >= Stage.MANAGERS and manages(viewer, asked)


def manages(viewer: Viewer, asked: Asked) -> bool:
    """Tell whether the viewer was the manager in every month of the period in which the person was employed."""
    if PERSON not in viewer.roles or asked.person_id == viewer.person_id or asked.employed is None:
        return False
    windows = ((line.start, line.end) for line in viewer.lines if line.person_id == asked.person_id)
    return led_throughout(windows, asked.employed, asked.period)
