"""What the finance department states: profit, its target, and the base cost of a lead by channel.

Belongs here: reviews/finance.csv as a typed row, its rules over several rows, and its table for the warehouse. Does not
belong here: what is shared by it (`pipelines.scoring.team_shares`), the words for people (`texts.files`).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Self

import pyarrow as pa
from pydantic import model_validator

from pipelines.company.collector import Collector
from pipelines.company.fields import (
    Identifier,
    Number,
    OptionalIdentifier,
    OptionalText,
    PeriodField,
    choice,
    nearest,
    wrong,
)
from pipelines.company.records import Record
from pipelines.periods import Month, Period, Year

if TYPE_CHECKING:
    from pipelines.company.keys import Pseudonymiser
    from pipelines.company.model import Company

FINANCE_FILE = "reviews/finance.csv"
FINANCE_KINDS = ("profit", "profit_target", "cpl_base")
FINANCE_SCOPES = ("company", "team")

SCHEMAS: dict[str, pa.Schema] = {
    "cpl_bases": pa.schema(
        [("month", pa.date32()), ("team_id", pa.string()), ("channel", pa.string()), ("amount", pa.decimal128(18, 2))]
    ),
}


class FinanceFigure(Record):
    """A figure of the finance department for a period, in the company's currency: reviews/finance.csv.

    A base cost per lead holds in every month of its period; that of a shorter period goes before, and a team's before
    the company's.
    """

    key = ("period", "kind", "scope_id", "channel")

    period: PeriodField
    kind: Annotated[str, choice(*FINANCE_KINDS)]
    scope: Annotated[str, choice(*FINANCE_SCOPES)]
    scope_id: OptionalIdentifier = ""
    channel: OptionalText = ""
    amount: Number
    note: OptionalText = ""
    approved_by: Identifier

    @model_validator(mode="after")
    def _row_is_whole(self) -> Self:
        is_base = self.kind == "cpl_base"
        if self.scope == "company" and self.scope_id:
            raise wrong("finance_company_has_id", column="scope_id", value=self.scope_id)
        if self.scope == "team" and not self.scope_id:
            raise wrong("scope_id_empty", column="scope_id", value="", scope=self.scope)
        if is_base and not self.channel:
            raise wrong("finance_channel_missing", column="channel", value="")
        if self.channel and not is_base:
            raise wrong("finance_channel_needless", column="channel", value=self.channel, kind=self.kind)
        if is_base and self.amount <= 0:
            raise wrong("finance_base_not_positive", column="amount", value=self.amount)
        if self.amount != self.amount.quantize(Decimal("0.01")):
            raise wrong("finer_than_a_cent", column="amount", value=self.amount)
        return self

    @property
    def source(self) -> str:
        """Where the figure stands."""
        return f"{self.source_file or FINANCE_FILE} row {self.source_row}"


def check_finance(rows: Iterable[FinanceFigure], paid_channels: Iterable[str] | None, collector: Collector) -> None:
    """Check the figures against each other and against the channels of company.yaml.

    Args:
        rows: the rows that could be read.
        paid_channels: the channels that money is spent on; None when company.yaml could not be read.
        collector: takes the findings.
    """
    figures = list(rows)
    known = None if paid_channels is None else {channel.casefold() for channel in paid_channels}
    whole: dict[Period, int] = {}
    for row in figures:
        if row.kind != "cpl_base" and row.scope == "company":
            whole.setdefault(row.period, row.source_row)
    for row in figures:
        if row.channel and known is not None and row.channel.casefold() not in known:
            near = nearest(row.channel.casefold(), known)
            collector.add(
                "unknown_channel", FINANCE_FILE, row.source_row, "channel", row.channel,
                nearest=near, known=", ".join(sorted(known)),
            )  # fmt: skip
        if row.kind != "cpl_base" and row.scope == "team" and row.period in whole:
            collector.add(
                "finance_profit_mixed", FINANCE_FILE, row.source_row, "scope", row.scope,
                period=row.period, other=whole[row.period],
            )  # fmt: skip


def cpl_bases(company: Company, _keys: Pseudonymiser) -> Iterable[tuple[Any, ...]]:
    """Rows of company.cpl_bases: month, team ('' for the company's), channel, base cost of a lead.

    Every month of a year for which any base is stated has a row without a channel besides: in it savings are measured,
    and a channel without a base is a gap. A company that states none measures none.
    """
    stated: dict[tuple[Month, str, str], Decimal] = {}
    rows = [row for row in company.finance if row.kind == "cpl_base"]
    # the longest first: a shorter period's base replaces it
    for row in sorted(rows, key=lambda row: (-len(row.period.months), row.source_row)):
        for month in row.period.months:
            stated[month, row.scope_id, row.channel.casefold()] = row.amount
    for year in {month.year for month, _, _ in stated}:
        yield from ((month.start, "", "", None) for month in Year(year).months)
    for (month, team, channel), amount in stated.items():
        yield month.start, team, channel, amount.quantize(Decimal("0.01"))


BUILDERS = {"cpl_bases": cpl_bases}
