"""The block `gaming` of a scheme file: what evidence of gaming does to the score.

Belongs here: its shape. Does not belong here: rules that look across its keys (`gaming_checks`), the arithmetic
(`pipelines.scoring.gaming`).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from pipelines.schemes.blocks import Block, Label, Requirement

#: What evidence is looked for (dbt_project/models/intermediate/gaming).
GamingRuleName = Literal[
    "zombie_group", "leaving_group", "blocked_by_contacts", "message_flood", "self_order", "staff_orders",
    "refund_loop", "repeated_post", "filler_messages", "giveaway_spike",
]  # fmt: skip


class GamingRule(Block):
    """What becomes of one kind of evidence: `note` tells it, `deduct` takes points, `leave_out` takes its records.

    `points` is what one incident takes off the total score of who answers for the whole of it, `cap` the most that the
    rule takes in a period; both for `deduct` only. `leave_out` counts the KPIs without the incident's records.
    """

    effect: Literal["note", "deduct", "leave_out"] = "note"
    points: Annotated[Decimal, Field(gt=0, le=100)] | None = None
    cap: Annotated[Decimal, Field(gt=0, le=100)] | None = None
    why: Label


class Gaming(Block):
    """What evidence of gaming does to the score; a scheme without this block only tells it.

    `max` is the most that all rules together take in a period. A rule that is not named only tells.
    """

    req: Requirement
    max: Annotated[Decimal, Field(gt=0, le=100)]
    rules: Annotated[dict[GamingRuleName, GamingRule], Field(min_length=1)]
    why: Label
