"""One row of who leads whom: people/reporting_lines.csv.

Belongs here: the model of a row. Does not belong here: reading and checking the file (`company.reporting_lines`), what
a manager may see (`pipelines.portal.access`). No number depends on it, so it is not one of the files that a run reads.
"""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from pipelines.company.fields import Day, Identifier, OptionalDay, wrong
from pipelines.company.records import DatedRecord


class ReportingLine(DatedRecord):
    """Who is whose manager on the days [valid_from, valid_to); a person may have several managers at once."""

    key = ("person_id", "manager_id", "valid_from")

    person_id: Identifier
    manager_id: Identifier
    valid_from: Day
    valid_to: OptionalDay = None

    @model_validator(mode="after")
    def _somebody_else_manages(self) -> Self:
        if self.manager_id == self.person_id:
            raise wrong("manages_oneself", column="manager_id", value=self.manager_id)
        return self
