"""The block `small_numbers` of a KPI: what a scheme makes of a ratio over few units.

Belongs here: its shape. Does not belong here: the arithmetic (`pipelines.scoring.small_numbers`), which KPIs can have
it (`small_checks`).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from pipelines.schemes.blocks import Block, Label, Requirement


class Shrinkage(Block):
    """Draw a ratio of few units to the mean of the team: (n × own + `k` × team) / (n + `k`), n the own denominator."""

    k: Annotated[Decimal, Field(gt=0, le=1_000_000)]
    towards: Literal["team"]


class SmallNumbers(Block):
    """What the scheme makes of a ratio over few units.

    Attributes:
        at_least: the minimum denominator; None keeps that of the KPI catalogue.
        below: what a reading below it becomes: `provisional` counts and is marked, `not_applicable` hands its weight to
            the others.
        shrinkage: none where the own value counts as it is.
    """

    req: Requirement
    at_least: Annotated[Decimal, Field(gt=0)] | None = None
    below: Literal["provisional", "not_applicable"] = "provisional"
    shrinkage: Shrinkage | None = None
    why: Label
