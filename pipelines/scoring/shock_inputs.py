"""What scoring is given of platforms: events, registered peers, and both together for one KPI.

Belongs here: the input records, frozen. Does not belong here: what they come to (`shocks`), making them from the
company folder (`pipelines.scorecards.shocks`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipelines.periods import OPEN_END


@dataclass(frozen=True, slots=True)
class EventInput:
    """Something that was logged for a platform; `source` says where the row stands, `link` what shows it."""

    platform: str
    kind: str
    happened_from: date
    happened_to: date
    what: str
    link: str
    source: str

    def to_dict(self) -> dict[str, str]:
        """Return the event for the trace."""
        return {
            "from": self.happened_from.isoformat(),
            "kind": self.kind,
            "link": self.link,
            "platform": self.platform,
            "source": self.source,
            "to": "" if self.happened_to >= OPEN_END else self.happened_to.isoformat(),
            "what": self.what,
        }


@dataclass(frozen=True, slots=True)
class PeerInput:
    """One registered peer with its values of a KPI.

    Attributes:
        peer_id: the account.
        registered_on: the day of its registration.
        is_own: whether the person or the person's team runs the account.
        base: its values of the base months, None where nobody wrote one down.
        now: its values of the period's months, likewise.
    """

    peer_id: str
    registered_on: date
    is_own: bool
    base: tuple[Decimal | None, ...]
    now: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class ShockInput:
    """What is known of one KPI's platform in the period.

    Attributes:
        platform: of the KPI; empty where it has none or several.
        events: that touch the KPI in the period.
        begins: the first day of the period, or of the month in which the earliest of the events began: who is
            registered from then on could have been chosen for the outcome.
        months: of the period, as text.
        base_months: those before `begins` that the peers are compared with.
        peers: every registered peer, whether it counts or not.
    """

    platform: str
    events: tuple[EventInput, ...] = ()
    begins: date = OPEN_END
    months: tuple[str, ...] = ()
    base_months: tuple[str, ...] = ()
    peers: tuple[PeerInput, ...] = ()
