"""Defects that stop at the gate: no run begins, or none is published, before they are mended.

Belongs here: damage to the company folder, and values in exports that cannot be. Does not belong here: what is set
aside or withheld while the rest is paid (`defects_x`, `defects_sales`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .company import Subject
from .look_alikes import october


@dataclass(frozen=True)
class Refused:
    """An export that the run refuses: exit 3, and the last publication stands.

    Attributes:
        key: its name, and that of its account.
        kind: the kind of source.
        damage: what is done to the exports.
        column: the column of the daily profile that a rule is broken on.
        says: what the message holds.
        what: the defect in words, for docs/data-quality.md.
    """

    key: str
    kind: str
    damage: Callable[[Subject], None]
    column: str
    says: str
    what: str


@dataclass(frozen=True)
class Misfiled:
    """A row of the company folder that a run does not begin with: exit 2.

    Attributes:
        key: its name.
        change: what is done to the rows of two people, `first` and `second`.
        file: the file that is named.
        row: the row that is named.
        column: the column that is named.
        value: the value that is shown.
        en: what the English message holds.
        zh: what the Chinese message holds.
        what: the defect in words, for docs/data-quality.md.
    """

    key: str
    change: Callable[[Subject, Subject], None]
    file: str
    row: int
    column: str
    value: str
    en: str
    zh: str
    what: str


def negative_counts(it: Subject) -> None:
    """A counter that ran backwards."""
    for row in october(it, "content")[:3]:
        row["Likes"] = "-40"


def negative_follows(it: Subject) -> None:
    """Lost followers written as negative follows."""
    for row in october(it, "overview")[:3]:
        row["New follows"] = "-7"


def negative_durations(it: Subject) -> None:
    """A change of the schedule turned durations round."""
    for row in it.sheet("2026-11-09").rows[:5]:
        row["Full resolution time (min)"] = "-240"


def days_that_cannot_be(it: Subject) -> None:
    """Serial numbers of a spreadsheet, read as dates of another epoch."""
    for row in it.sheet("2026-11-09").rows[:4]:
        row["close_date"] = row["close_date"].replace("2026", "1904")


REFUSED: tuple[Refused, ...] = (
    Refused("negative_counts", "x", negative_counts, "n_negative", "have negative counts", "negative counts"),
    Refused("negative_follows", "x", negative_follows, "n_negative", "have negative counts", "negative daily counts"),
    Refused(
        "negative_times", "desk", negative_durations, "n_negative", "have negative durations", "negative durations"
    ),
    Refused("serial_epoch", "crm", days_that_cannot_be, "day", "are days that cannot be", "days of another epoch"),
)


def over_whole(first: Subject, second: Subject) -> None:
    """Two people hold 60 per cent of one account each."""
    first.tables["assignments"][0]["share"] = "60"
    first.tables["assignments"].append({**first.tables["assignments"][0], "person_id": second.person, "share": "60"})


def two_holders(first: Subject, second: Subject) -> None:
    """Two people hold one handle at a time."""
    for it in (first, second):
        it.tables["identity_map"].append(
            {"system": "zendesk", "external_id": "Agent One", "person_id": it.person, "valid_from": "2026-01-01"}
        )


def nobody(first: Subject, second: Subject) -> None:
    """An account belongs to somebody who is not there."""
    first.tables["assignments"][0]["person_id"] = "p_nobody"


def two_positions(first: Subject, second: Subject) -> None:
    """Somebody has two positions, and two bonuses, at once."""
    first.tables["positions"].append({**first.tables["positions"][0], "valid_from": "2026-05-01", "bonus_base": "2000"})


def grouped_number(first: Subject, second: Subject) -> None:
    """A bonus with a thousands separator."""
    first.tables["positions"][0]["bonus_base"] = "1,000.50"


def other_date(first: Subject, second: Subject) -> None:
    """A day that can be read in two ways."""
    first.tables["people"][0]["hired_on"] = "03/04/2024"


def same_person(first: Subject, second: Subject) -> None:
    """Two people of one id."""
    second.tables["people"][0]["person_id"] = first.person.upper()


def unknown_source(first: Subject, second: Subject) -> None:
    """What must arrive is of an account that is not there."""
    first.tables["expected"][0]["account_id"] = "a_frist"


MISFILED: tuple[Misfiled, ...] = (
    Misfiled("over_whole", over_whole, "people/assignments.csv", 3, "share", "120",
             "the shares of account a_first add up to 120 % from 2026-10-01 to ... (rows 2, 3)", "合计为 120 %（"
                     "第 2, 3 行）",
             "shares of one account above the whole"),
    Misfiled("two_holders", two_holders, "people/identity_map.csv", 3, "valid_from", "2026-01-01",
             "zendesk agent one has overlapping rows", "有效期重叠", "a handle of two people at a time"),
    Misfiled("nobody", nobody, "people/assignments.csv", 2, "person_id", "p_nobody", "no person has this id",
             "没有此编号的人员", "an account of nobody's"),
    Misfiled("two_positions", two_positions, "people/positions.csv", 3, "valid_from", "2026-05-01",
             "p_first has overlapping rows", "有效期重叠", "two positions, and two bonuses, at once"),
    Misfiled("grouped", grouped_number, "people/positions.csv", 2, "bonus_base", "1,000.50", "is not a plain number",
             "不是普通数字", "an amount with a thousands separator"),
    Misfiled("other_date", other_date, "people/people.csv", 2, "hired_on", "03/04/2024",
             "is not a date that can be read in one way only", "不是可唯一识别的日期", "a day that can be read "
                     "in two ways"),
    Misfiled("same_person", same_person, "people/people.csv", 3, "person_id", "P_FIRST",
             "the same person_id stands in row 2 already", "与第 2 行的 person_id 相同", "two people of one id"),
    Misfiled("unknown", unknown_source, "company.yaml", 27, "expected_sources.0.account_id", "a_frist",
             "no account has this id; the nearest is a_first", "最接近的是 a_first",
             "an expected source of an unknown account"),
)  # fmt: skip
