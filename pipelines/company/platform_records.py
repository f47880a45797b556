"""The rows about what happens on a platform, whoever works there: events, peer accounts, readings of the peers.

Belongs here: one model a file, and what one row alone can violate. Does not belong here: rules over several rows
(`company.platform_rules`), what an event does to a target (`pipelines.scoring.shocks`).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator

from pipelines.company.fields import (
    Day,
    ForeignId,
    Identifier,
    LowerWord,
    MonthField,
    OptionalDay,
    OptionalIdentifier,
    OptionalText,
    Text,
    choice,
    lower,
    ranged,
)
from pipelines.company.records import DatedRecord, Record

EVENT_KINDS = ("algorithm", "definition", "purge", "outage", "regulation", "market")

_BETWEEN = re.compile(r"[;；,，、\s]+")


def _optional_lower(value: object) -> str:
    return "" if value is None or not str(value).strip() else lower(value)


def _ids(value: object) -> str:
    """Several ids in one cell, in the order of the alphabet, so that the same set is written in one way only."""
    return "; ".join(sorted({part for part in _BETWEEN.split(str(value or "")) if part}))


OptionalLowerWord = Annotated[str, BeforeValidator(_optional_lower)]


def peer_name(peer_id: str) -> str:
    """Return the form in which peers and handles are compared: without `@`, letter case and outer space."""
    return peer_id.strip().removeprefix("@").casefold()


class PlatformEvent(DatedRecord):
    """Something that moved the numbers of everybody on a platform: reviews/platform_events.csv.

    An empty platform means all of them, an empty `kpis` every KPI of the platform. `happened_to` is the first day on
    which it no longer distorts, for instance because targets have been set anew; empty while it goes on.
    """

    key = ("platform", "happened_from", "kind", "kpis")
    windows = ("happened_from", "happened_to")

    platform: OptionalLowerWord = ""
    happened_from: Day
    happened_to: OptionalDay = None
    kind: Annotated[str, choice(*EVENT_KINDS)]
    kpis: Annotated[str, BeforeValidator(_ids)] = ""
    what: Text
    source: Text
    logged_by: Identifier
    logged_on: Day

    @property
    def kpi_ids(self) -> tuple[str, ...]:
        """The KPIs that it names; none for every KPI of the platform."""
        return tuple(self.kpis.split("; ")) if self.kpis else ()


class Peer(DatedRecord):
    """An account that somebody else runs, registered for comparison: people/peers.csv.

    An empty `team_id` means that everybody is compared with it. Whether it counts in a period is decided by
    `registered_on` (`pipelines.scoring.shocks`); one that ends inside a period still counts in it.
    """

    key = ("platform", "peer_id", "team_id")
    windows = ("registered_on", "ended_on")

    platform: LowerWord
    peer_id: ForeignId
    team_id: OptionalIdentifier = ""
    registered_on: Day
    registered_by: Identifier
    ended_on: OptionalDay = None
    note: OptionalText = ""


class PeerReading(Record):
    """What a peer reached in a KPI in a month, as its public page or a tool shows it: reviews/peer_readings.csv."""

    key = ("month", "platform", "peer_id", "kpi_id")

    month: MonthField
    platform: LowerWord
    peer_id: ForeignId
    kpi_id: Identifier
    value: Annotated[Decimal, ranged("-999999999999", "999999999999")]
    source: Text
