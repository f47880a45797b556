"""Gathering findings: a code and its values become a worded finding, and all are raised together.

Belongs here: the way from a code (`texts.findings`) or a pydantic error to a `Finding`. Does not belong here: rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from pipelines.company.fields import nearest
from pipelines.company.findings import Finding, InputError
from pipelines.texts import has_text, text

#: pydantic's own error types -> our codes
_PYDANTIC_CODES = {
    "missing": "key_missing",
    "extra_forbidden": "unknown_key",
    "model_type": "not_a_mapping",
    "model_attributes_type": "not_a_mapping",
    "dict_type": "not_a_mapping",
    "tuple_type": "not_a_list",
    "list_type": "not_a_list",
}


class Collector:
    """Collects findings in one language, in any order; equal ones count once.

    Attributes:
        lang: the language of the findings.
        read_from: where the rows of a file really stand, when people keep them in a sheet of a workbook.
    """

    def __init__(self, lang: str = "en"):
        self.lang = lang
        self.read_from: dict[str, str] = {}
        self._findings: dict[Finding, None] = {}

    @property
    def findings(self) -> list[Finding]:
        """The findings in the order of file, row and column."""
        return sorted(self._findings)

    def add(self, code: str, file: str, row: int = 0, column: str = "", value: object = "", **params: object) -> None:
        """Add a finding by its code.

        Args:
            code: names the texts `finding.<code>.problem` and `finding.<code>.mend`.
            file: the file, relative to the company folder.
            row: the row or line; 0 for the whole file.
            column: the column or dotted key.
            value: the value as read.
            params: what the texts need besides file, column and value.
        """
        file = self.read_from.get(file, file)
        known = {"file": file, "column": column, "value": value, **params}
        if "nearest" in params:
            known["hint"] = text("finding.hint", self.lang, nearest=params["nearest"]) if params["nearest"] else ""
        problem = text(f"finding.{code}.problem", self.lang, **known)
        mend = text(f"finding.{code}.mend", self.lang, **known)
        self.put(Finding(file, row, column, "" if value is None else str(value), problem, mend))

    def put(self, finding: Finding) -> None:
        """Add a finding that is worded already."""
        self._findings.setdefault(finding)

    def add_validation(
        self,
        error: ValidationError,
        file: str,
        row_of: Callable[[tuple[str | int, ...]], int],
        known_keys: Callable[[tuple[str | int, ...]], Iterable[str]],
    ) -> None:
        """Add every error of a failed validation.

        Args:
            error: what pydantic raised.
            file: the file, relative to the company folder.
            row_of: the row or line of a location.
            known_keys: the keys that a mapping at a location may have, for naming the nearest one.
        """
        for item in error.errors(include_url=False):
            self._add_item(dict(item), file, row_of, known_keys)

    def add_row(self, error: ValidationError, file: str, row: int) -> None:
        """Add every error of one row of a CSV file."""
        self.add_validation(error, file, lambda _location: row, lambda _location: ())

    def _add_item(
        self,
        item: dict[str, Any],
        file: str,
        row_of: Callable[[tuple[str | int, ...]], int],
        known_keys: Callable[[tuple[str | int, ...]], Iterable[str]],
    ) -> None:
        params: dict[str, Any] = dict(item.get("ctx") or {})
        location: tuple[str | int, ...] = tuple(item["loc"])
        value: object = item["input"] if isinstance(item["input"], str | int | Decimal) else ""
        code = _PYDANTIC_CODES.get(item["type"], item["type"])
        if "column" in params:  # a rule over a whole row or section names the column itself
            location = (*location, params.pop("column"))
            value = params.pop("value", "")
        if code == "key_missing":
            value = ""
        if code == "unknown_key":
            value = str(location[-1])
            params["nearest"] = nearest(value, sorted(known_keys(location[:-1])))
            params["known"] = ", ".join(sorted(known_keys(location[:-1])))
        if not has_text(f"finding.{code}.problem"):
            params["detail"] = item["msg"]
            code = "invalid"
        column = ".".join(str(part) for part in location)
        self.add(code, file, row_of(location), column, value, **params)

    def raise_if_any(self) -> None:
        """Raise InputError with all findings when there is one.

        Raises:
            InputError: when anything was found.
        """
        if self._findings:
            raise InputError(self.findings)
