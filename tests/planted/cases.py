"""The shape of a planted case.

Belongs here: what a defect and a look-alike state. Does not belong here: the cases themselves (`defects_*`,
`look_alikes`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .company import Subject


@dataclass(frozen=True)
class Said:
    """Words that must be said of a defect, and where.

    Attributes:
        where: `finding` (in the warehouse), `quarantine` (a file set aside) or `rows` (rows set aside).
        code: the guard of a finding, the code of a reason; the column of a row.
        severity: `withhold`, `provisional` or `note`; of a finding.
        reason: the reason code of a finding.
        en: what the English message holds.
        zh: what the Chinese message holds; of a finding.
    """

    where: str
    code: str
    en: str
    severity: str = "withhold"
    reason: str = ""
    zh: str = ""


def finding(guard: str, reason: str, en: str, zh: str, severity: str = "withhold") -> Said:
    """A finding of a guard."""
    return Said("finding", guard, en, severity, reason, zh)


@dataclass(frozen=True)
class Defect:
    """One planted defect.

    Attributes:
        key: its name, and that of its person and account.
        kind: the kind of source (`company.KINDS`).
        damage: what is done to the subject's exports and rows.
        said: all that must be said of it.
        what: the defect in words, for docs/data-quality.md.
        withheld: the KPIs that must have no value, and whose pay is held.
        provisional: the KPIs whose value is marked as one that may move.
        sound: the KPIs that must have the value of the undamaged exports.
    """

    key: str
    kind: str
    damage: Callable[[Subject], None]
    said: tuple[Said, ...]
    what: str
    withheld: tuple[str, ...] = ()
    provisional: tuple[str, ...] = ()
    sound: tuple[str, ...] = ()


@dataclass(frozen=True)
class LookAlike:
    """Something that looks like a defect and is none.

    Attributes:
        key: its name, and that of its person and account.
        kind: the kind of source.
        change: what is done to the subject's exports and rows.
        what: the case in words, for docs/data-quality.md.
        values: the KPIs that must be `ok` with the value that the changed exports state.
        notes: the reason codes of notes that may stand, such as that a repeated row was counted once.
    """

    key: str
    kind: str
    change: Callable[[Subject], None]
    what: str
    values: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
