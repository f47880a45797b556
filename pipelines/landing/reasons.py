"""Why an export is in quarantine or a row is broken, and how it is mended: every such sentence, in one place.

Belongs here: the reasons. They name columns, rows and specs, never a handle, a person or a text.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One reason with its mend.

    Attributes:
        code: stable name for programs.
        problem: what is wrong, one sentence without a full stop.
        mend: what to do, in the imperative.
    """

    code: str
    problem: str
    mend: str


class QuarantineError(Exception):
    """A file, sheet or part of it that is set aside rather than guessed at."""

    def __init__(self, code: str, **params: object):
        self.reason = reason(code, **params)
        super().__init__(f"{self.reason.problem}. {self.reason.mend}")


_REEXPORT = "export the file again and replace it"

_FILE_REASONS: dict[str, tuple[str, str]] = {
    "empty": ("the file is empty", _REEXPORT),
    "header_only": (
        "the file has a header but no rows",
        "check the period chosen in the export; when there was nothing to export, remove the file",
    ),
    "no_table": (
        "no header row was found",
        "keep the header row as the source exports it; the nearest spec is {nearest}",
    ),
    "wrong_header": (
        "the header fits no source: the nearest is {nearest}, which misses {missing}; headers not known: {unknown}",
        "export with the missing columns, or name your headers under sources.{nearest}.aliases in company.yaml",
    ),
    "ambiguous_header": (
        "the header fits several sources equally well: {specs}",
        "add a column that only one of them has, or name your headers under sources.<spec>.aliases in company.yaml",
    ),
    "column_twice": (
        "two headers name the same column: {columns}",
        "remove or rename one of them, since they may differ",
    ),
    "several_tables": (
        "the file holds several tables with the same header",
        "export each comparison or segment into a file of its own, and put in the one that is meant",
    ),
    "archive_format": (
        "the file is a ZIP archive and not a workbook",
        "unpack it and put the exports inside into the same folder",
    ),
    "unreadable_workbook": ("the workbook cannot be opened: {detail}", _REEXPORT),
    "encoding": (
        "the text is neither UTF-8, UTF-16 nor GB18030",
        "save the export as UTF-8 CSV or as XLSX",
    ),
    "unclosed_quote": (
        "a quotation mark opens at row {row} and is not closed within {limit} MB",
        _REEXPORT + "; the file is damaged or cut off",
    ),
    "all_rows_broken": (
        "none of the {rows} rows could be read; the first: row {row}, column {column}: {problem}",
        "{mend}",
    ),
    "mixed_decimals": (
        "numbers with a decimal comma and with a decimal point stand in the same file (column {column})",
        _REEXPORT + " with one regional setting",
    ),
    "mixed_dates": (
        "days and months change places within the file (column {column}: both parts exceed 12)",
        _REEXPORT + " with one date format, best yyyy-mm-dd",
    ),
    "ambiguous_dates": (
        "it cannot be told whether {column} is written day/month or month/day: no value exceeds 12",
        "state sources.{spec}.dayfirst: true or false in company.yaml, or export dates as yyyy-mm-dd",
    ),
    "unknown_folder": (
        "the folder {folder} is no account of people/accounts.csv",
        "rename the folder to an account_id of platform {platform}, or add the account",
    ),
    "unknown_handle": (
        "the handle in the file name belongs to no account of people/accounts.csv",
        "add the handle to people/accounts.csv, or put the file into exports/{platform}/<account_id>/",
    ),
    "unknown_link_handle": (
        "the post links belong to a handle that no account of people/accounts.csv has",
        "add the handle to people/accounts.csv, or put the file into exports/{platform}/<account_id>/",
    ),
    "several_handles": (
        "the post links belong to several accounts",
        "export each account on its own",
    ),
    "subject_conflict": (
        "{first} says account {first_account} but {second} says account {second_account}",
        "move the file to the folder of the account it belongs to",
    ),
    "unknown_subject": (
        "it cannot be told which account the file belongs to: {count} accounts of platform {platform}",
        "put the file into exports/{platform}/<account_id>/, or add the account to people/accounts.csv",
    ),
}

_ROW_REASONS: dict[str, tuple[str, str]] = {
    "too_few_fields": (
        "the row has {found} fields where the header has {expected}",
        "complete the row in the source and export again",
    ),
    "too_many_fields": (
        "the row has {found} fields where the header has {expected}",
        "put quotation marks round values that hold the delimiter, and export again",
    ),
    "unclosed_quote": (
        "a quotation mark opens here and is closed {lines} lines later, so these lines are one broken row",
        "close or remove the quotation mark, and export again",
    ),
    "cut_off": ("the last row is cut off: the file seems truncated", _REEXPORT),
    "missing": ("the value is missing", "complete the row in the source and export again"),
    "not_number": ("the value is not a number", "write plain digits in the source and export again"),
    "not_date": ("the value is not a date that is understood", "write dates as yyyy-mm-dd and export again"),
    "not_bool": ("the value is neither yes nor no", "write true or false"),
    "damaged_id": (
        "a spreadsheet has rounded the id and the row has no post link to restore it from",
        "use the export as downloaded, or format the id column as text before saving",
    ),
}


def reason(code: str, **params: object) -> Reason:
    """Return the reason for a whole file."""
    problem, mend = _FILE_REASONS[code]
    return Reason(code, problem.format(**params), mend.format(**params))


def row_reason(code: str, **params: object) -> Reason:
    """Return the reason for one row."""
    problem, mend = _ROW_REASONS[code]
    return Reason(code, problem.format(**params), mend.format(**params))
