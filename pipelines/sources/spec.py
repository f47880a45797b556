"""The shape of a source's export, declared: columns, header aliases, file names, what dates and measures a record.

Belongs here: the dataclasses a source module fills, and nothing that reads bytes (that is `landing`) or knows a
particular vendor (that is the source's own module).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Kind = Literal["id", "text", "number", "money", "date", "datetime", "bool", "category", "filled"]
SubjectRule = Literal["account", "optional"]

# Kinds whose values are parsed: a value that cannot be read breaks its row instead of becoming an unnoticed NULL.
PARSED_KINDS: frozenset[str] = frozenset({"number", "money", "date", "datetime", "bool"})


@dataclass(frozen=True)
class Column:
    """One canonical column of a source.

    Attributes:
        name: the canonical name, as staging reads it.
        aliases: headers under which exports carry it, any language and spelling; the name itself always counts.
        required: the header must be there for the spec to match.
        key: a row without a value here is broken.
        kind: how its values are read. Of a `filled` column landing keeps `true` or `false`, never the value.
        pseudonymise: None, `customer`, or `actor:<system>`: its values are replaced by keyed hashes at landing.
        units: header units in brackets and their factor to the column's own unit, e.g. `{"hrs": 60}` for minutes.
        unit_column: the canonical column that takes a unit in brackets as its constant value, e.g. a currency code.
        id_from_link: the column with a post link out of which an id damaged by a spreadsheet is restored.
        names_account: its values name an account, by id or by handle; landing writes the account_id of
            people/accounts.csv, and what is no account there stays as it is.
        is_judged: of a `text` column; landing labels what it expresses (sentiment_labels).
    """

    name: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    key: bool = False
    kind: Kind = "number"
    pseudonymise: str | None = None
    units: tuple[tuple[str, Decimal], ...] = ()
    unit_column: str = ""
    id_from_link: str = ""
    names_account: bool = False
    is_judged: bool = False


@dataclass(frozen=True)
class FilePattern:
    """What a file's name tells: an expression over its stem with the groups handle, from, to, exported and record.

    Attributes:
        pattern: searched in the stem without case; dates are `yyyymmdd` or `yyyy-mm-dd`.
        to_inclusive: whether the `to` date is the last day covered (otherwise the day after it).
    """

    pattern: re.Pattern[str]
    to_inclusive: bool = False


@dataclass(frozen=True, eq=False)
class SourceSpec:
    """The export of one source.

    Attributes:
        id: the landing table.
        family: the group of specs that feeds the same facts.
        platform: the accounts (people/accounts.csv) a file of it may belong to.
        grain: one row is what, in words.
        columns: canonical columns in landing order.
        ignored: headers that belong to the export but are dropped at landing (private or unused).
        filename_patterns: tried in order; the first that matches tells period, handle and export date.
        subject: `account` when every file must belong to one account; `optional` when one may.
        event_columns: date columns that say which months a record touches.
        event_sql: a DuckDB timestamp (UTC) over canonical columns, where a record is dated by its id.
        day_columns: the columns, first filled one counts, that date a record in the daily profile.
        key_columns: the natural key, for counting distinct and missing keys.
        measure: the column whose sum the profile carries.
        measures: the columns looked at for zeros and negatives.
        timezone: what timestamps without an offset mean: `UTC`, or `account` for the account's own zone.
        dayfirst: how 03/04/2026 is read when no value of the file decides; None sends the file to quarantine.
        link_column: the column whose post links name the account's handle.
        several_tables: whether a text export holds several tables between blocks of `#` comments: the first that fits
            is read, as far as the next comment. The comments above the header state the range covered.
        name_column: the column that `record` of the file's name fills where the file has no header for it.
    """

    id: str
    family: str
    platform: str
    grain: str
    columns: tuple[Column, ...]
    ignored: tuple[str, ...] = ()
    filename_patterns: tuple[FilePattern, ...] = ()
    subject: SubjectRule = "optional"
    event_columns: tuple[str, ...] = ()
    event_sql: str = ""
    day_columns: tuple[str, ...] = ()
    key_columns: tuple[str, ...] = ()
    measure: str = ""
    measures: tuple[str, ...] = ()
    timezone: Literal["UTC", "account"] = "account"
    dayfirst: bool | None = None
    link_column: str = ""
    several_tables: bool = False
    name_column: str = ""
    _by_name: dict[str, Column] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_name.update({column.name: column for column in self.columns})
        if len(self._by_name) != len(self.columns):
            raise ValueError(f"{self.id}: a canonical column is declared twice")
        named = {*self.event_columns, *self.day_columns, *self.key_columns, *self.measures} | (
            {self.measure, self.link_column, self.name_column} - {""}
        )
        if unknown := sorted(named - set(self._by_name)):
            raise ValueError(f"{self.id}: no such column: {', '.join(unknown)}")

    def column(self, name: str) -> Column:
        """Return the canonical column of that name; KeyError when there is none."""
        return self._by_name[name]

    @property
    def required(self) -> tuple[str, ...]:
        """The canonical columns without which the header is not this source's."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def title(self) -> str:
        """The export's name in words, e.g. for a graph or a log line."""
        return self.id.replace("_", " ").capitalize()

    @property
    def judged_column(self) -> str:
        """The text column that is labelled at landing; empty when there is none."""
        return next((column.name for column in self.columns if column.is_judged), "")

    def landed_columns(self) -> tuple[str, ...]:
        """The VARCHAR columns of the landing table, in order; a text becomes its five features."""
        names: list[str] = []
        for column in self.columns:
            names += text_features(column.name) if column.kind == "text" else [column.name]
        return tuple(names)


def text_features(name: str) -> list[str]:
    """Return the columns that stand for a message text, which itself is never landed."""
    return [f"{name}_kind", f"{name}_signature", f"{name}_chars", f"{name}_hash", f"{name}_alike"]


def pattern(expression: str, *, to_inclusive: bool = False) -> FilePattern:
    """Return a file pattern; `{date}` in the expression stands for a date in either form."""
    date = r"\d{4}-?\d{2}-?\d{2}"
    return FilePattern(re.compile(expression.replace("{date}", date), re.IGNORECASE), to_inclusive)


DATED_NAME = pattern(r"(?<!\d)(?P<exported>{date})(?!\d)")
RANGE_NAME = pattern(r"(?<!\d)(?P<from>{date})(?:_|-to-|_to_|-|~)(?P<to>{date})(?!\d)", to_inclusive=True)
