"""The shape of a suite: rules that say what to expect of a column, how bad a breach is, and how to mend it.

Belongs here: the declarative types that the suite modules fill and the runner reads, and rules that every landing
profile shares. Does not belong here: Great Expectations itself (the runner imports it, late) and rules of one source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["critical", "warning"]

# The day on which X's first post was made; nothing that we measure is older, and a two-digit year or an Excel serial
# read as a date lands before it.
FIRST_DAY = "2006-03-21"
LAST_DAY = "2099-12-31"

PROFILE_COLUMNS = (
    "spec_id",
    "family",
    "content_id",
    "subject_id",
    "day",
    "n_rows",
    "n_keys",
    "n_null_keys",
    "total",
    "n_zero",
    "n_negative",
)


@dataclass(frozen=True)
class Rule:
    """One expectation on a frame.

    Attributes:
        expectation: class name in `great_expectations.expectations`.
        column: the column that a message names; for a rule on several columns the one to look at first.
        problem: what is wrong when it fails, in words that follow "N of M rows ...".
        mend: what to do about it, in the imperative.
        severity: critical stops the publication, warning is shown.
        arguments: keyword arguments of the expectation.
    """

    expectation: str
    column: str
    problem: str
    mend: str
    severity: Severity = "critical"
    arguments: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """A name that is unique inside a suite: two rules may use one expectation on one column with other bounds."""
        bounds = ",".join(f"{name}={value}" for name, value in sorted(self.arguments.items()))
        return f"{self.expectation}({bounds})"


@dataclass(frozen=True)
class Suite:
    """A named list of rules for one kind of frame.

    Attributes:
        name: a source spec's id, a human file's stem, or `files`.
        title: one line for the results page.
        grain: what one row of the frame is.
        columns: the columns that the frame must have; when one is missing nothing else is checked.
        rules: what must hold.
        dates: columns compared as days.
    """

    name: str
    title: str
    grain: str
    columns: tuple[str, ...]
    rules: tuple[Rule, ...]
    dates: tuple[str, ...] = ()


def not_null(column: str, mend: str, severity: Severity = "critical") -> Rule:
    """The column is filled in every row."""
    return Rule("ExpectColumnValuesToNotBeNull", column, "are empty", mend, severity, {"column": column})


def between(
    column: str, low: object, high: object, problem: str, mend: str, severity: Severity = "critical", **more: object
) -> Rule:
    """Every filled value lies in [low, high]; None leaves that side open."""
    arguments = {"column": column, "min_value": low, "max_value": high, **more}
    return Rule("ExpectColumnValuesToBeBetween", column, problem, mend, severity, arguments)


def in_set(column: str, values: tuple[str, ...], problem: str, mend: str, severity: Severity = "critical") -> Rule:
    """Every filled value is one of the given."""
    return Rule(
        "ExpectColumnValuesToBeInSet", column, problem, mend, severity, {"column": column, "value_set": list(values)}
    )


def matches(column: str, regex: str, problem: str, mend: str, severity: Severity = "critical") -> Rule:
    """Every filled value matches the pattern from its start."""
    return Rule("ExpectColumnValuesToMatchRegex", column, problem, mend, severity, {"column": column, "regex": regex})


def unique(column: str, mend: str, severity: Severity = "critical") -> Rule:
    """No filled value occurs twice."""
    return Rule("ExpectColumnValuesToBeUnique", column, "occur more than once", mend, severity, {"column": column})


def unique_together(columns: tuple[str, ...], mend: str, severity: Severity = "critical") -> Rule:
    """No combination of the columns occurs twice: the grain of the frame."""
    return Rule(
        "ExpectCompoundColumnsToBeUnique",
        " + ".join(columns),
        "occur more than once",
        mend,
        severity,
        {"column_list": list(columns), "ignore_row_if": "never"},
    )


def at_least(
    larger: str, smaller: str, problem: str, mend: str, severity: Severity = "critical", **more: object
) -> Rule:
    """In every row `larger` >= `smaller`; rows where either is empty are not judged."""
    arguments = {
        "column_A": larger,
        "column_B": smaller,
        "or_equal": True,
        "ignore_row_if": "either_value_is_missing",
        **more,
    }
    return Rule("ExpectColumnPairValuesAToBeGreaterThanB", larger, problem, mend, severity, arguments)


def profile_rules() -> tuple[Rule, ...]:
    """What landing promises of the daily profile of any source; a breach means that rows were read wrongly."""
    again = "Remove the file's folder under landing/ and run again; if it comes back, report it with the spec's name"
    return (
        not_null("content_id", again),
        not_null("day", "Look in quarantine/ for rows of this file whose date could not be read"),
        between(
            "day",
            FIRST_DAY,
            LAST_DAY,
            "are days that cannot be",
            "State dayfirst or the date format of this source in company.yaml under sources",
        ),
        unique_together(("content_id", "subject_id", "day"), again),
        between("n_rows", 1, None, "count no row at all", again),
        between("n_keys", 0, None, "count a negative number of keys", again),
        at_least("n_rows", "n_keys", "count more keys than rows", again),
        between(
            "n_null_keys",
            0,
            0,
            "have records without an id",
            "Export again with the id column; a record without an id cannot be de-duplicated",
        ),
        at_least("n_rows", "n_zero", "count more all-zero rows than rows", again),
        at_least("n_rows", "n_negative", "count more negative rows than rows", again),
    )


def no_repeats(what: str, mend: str, severity: Severity = "warning") -> Rule:
    """Within one file each key occurs once a day; re-exports in other files are no repeats."""
    return Rule(
        "ExpectColumnPairValuesToBeEqual",
        "n_keys",
        f"repeat {what} inside one file",
        mend,
        severity,
        {"column_A": "n_keys", "column_B": "n_rows", "ignore_row_if": "neither"},
    )


def no_negatives(what: str, severity: Severity = "critical") -> Rule:
    """No measure is below zero."""
    return between(
        "n_negative",
        0,
        0,
        f"have negative {what}",
        "Export again; if the vendor means it (a correction), tell it as an adjustment with a reason",
        severity,
    )


def mostly_not_zero(what: str, mostly: float) -> Rule:
    """Days on which every row is zero are the exception: else somebody uploaded an emptied export."""
    return Rule(
        "ExpectColumnPairValuesAToBeGreaterThanB",
        "n_zero",
        f"have {what} of zero in every row",
        "Compare with the vendor's page; an export made before the numbers settled is replaced by a later one",
        "warning",
        {
            "column_A": "n_rows",
            "column_B": "n_zero",
            "or_equal": False,
            "ignore_row_if": "either_value_is_missing",
            "mostly": mostly,
        },
    )


def profile_suite(name: str, title: str, *rules: Rule) -> Suite:
    """The suite of one source spec: what every profile promises, and what this source promises beyond."""
    return Suite(name, title, "one file, subject and day", PROFILE_COLUMNS, (*profile_rules(), *rules), ("day",))
