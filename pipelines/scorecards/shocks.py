"""From the company's rows to what scoring is told of platforms: events, peers and their readings, for each segment.

Belongs here: which event touches which KPI, whose accounts are nobody's peers, the months that peers are compared over.
Does not belong here: whether a peer counts and what it comes to (`pipelines.scoring.shocks`), the words of a card
(`shock_words`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from pipelines.company.human_files import human_file
from pipelines.company.model import Company
from pipelines.company.platform_records import Peer, PlatformEvent, peer_name
from pipelines.company.segments import Segment
from pipelines.periods import Month, Period
from pipelines.schemes.catalogue import KpiInfo, read_catalogue
from pipelines.schemes.model import KpiRule, Scheme
from pipelines.scoring import EventInput, PeerInput, ShockInput


class Shocks:
    """The platforms of one period."""

    def __init__(
        self,
        company: Company,
        period: Period,
        schemes: Mapping[str, Scheme],
        catalogue: Mapping[str, KpiInfo] | None = None,
    ):
        self._company, self._period, self._schemes = company, period, schemes
        self._events = [
            event
            for event in company.platform_events
            if period.overlap_days(event.happened_from, event.happened_to) > 0
        ]
        self._is_idle = not self._events and all(scheme.peer_control is None for scheme in schemes.values())
        self._catalogue: Mapping[str, KpiInfo] = {}
        if not self._is_idle:
            self._catalogue = read_catalogue() if catalogue is None else catalogue
        self._values: dict[tuple[str, str, str, Month], Decimal] = {
            (row.platform, peer_name(row.peer_id), row.kpi_id, row.month): row.value for row in company.peer_readings
        }

    def of(self, segment: Segment) -> dict[str, ShockInput]:
        """Return what is known of a segment's KPIs, by KPI id; those of which there is nothing to say are left out."""
        if self._is_idle:
            return {}
        scheme = self._schemes[segment.scheme_id]
        control = scheme.peer_control
        found = {}
        for kpi_id, rule in scheme.kpis.items():
            events = [event for event in self._events if self._touches(event, kpi_id)]
            if control is not None and kpi_id in control.kpis:
                found[kpi_id] = self._controlled(segment, kpi_id, rule, events, control.base_months)
            elif events:
                found[kpi_id] = ShockInput(self._platform(kpi_id), tuple(_event(event) for event in events))
        return found

    def _touches(self, event: PlatformEvent, kpi_id: str) -> bool:
        if event.kpi_ids:
            return kpi_id in event.kpi_ids
        info = self._catalogue.get(kpi_id)
        return not event.platform or (info is not None and event.platform in info.platforms)

    def _platform(self, kpi_id: str) -> str:
        """The one platform of a KPI; empty where it has none or several."""
        info = self._catalogue.get(kpi_id)
        return info.platforms[0] if info is not None and len(info.platforms) == 1 else ""

    def _controlled(
        self, segment: Segment, kpi_id: str, rule: KpiRule, events: list[PlatformEvent], count: int
    ) -> ShockInput:
        platform = self._platform(kpi_id)
        first = min([self._period.start, *(event.happened_from for event in events)])
        begins = Month.of(first)
        months = self._period.months if rule.counts_in(self._period.period_type) else ()
        base = tuple(begins.plus(-back) for back in range(count, 0, -1))
        own = self._own_accounts(segment, platform)

        def values(peer: str, wanted: tuple[Month, ...]) -> tuple[Decimal | None, ...]:
            return tuple(self._values.get((platform, peer, kpi_id, month)) for month in wanted)

        peers = [
            PeerInput(name, registered_on, name in own, values(name, base), values(name, months))
            for name, registered_on in sorted(self._peers(segment, platform).items())
        ]
        return ShockInput(
            platform,
            tuple(_event(event) for event in events),
            begins.start,
            tuple(str(month) for month in months),
            tuple(str(month) for month in base),
            tuple(peers),
        )

    def _peers(self, segment: Segment, platform: str) -> dict[str, date]:
        """The peers of a segment's team that were not ended before the period, with the day of registration."""
        found: dict[str, date] = {}
        for row in self._company.peers:
            if row.platform == platform and row.team_id in ("", segment.team_id) and self._is_open(row):
                name = peer_name(row.peer_id)
                found[name] = min(row.registered_on, found.get(name, row.registered_on))
        return found

    def _is_open(self, row: Peer) -> bool:
        # who ends inside the period still counts: else a peer could be dropped for its result
        return row.ended_on is None or row.ended_on > self._period.start

    def _own_accounts(self, segment: Segment, platform: str) -> set[str]:
        """Accounts that the person or somebody of the team answers for in the period, by id and by handle."""
        company, period = self._company, self._period
        team = {segment.person_id} | {
            row.person_id
            for row in company.positions
            if row.team_id == segment.team_id and period.overlap_days(row.valid_from, row.valid_to)
        }
        run = {
            row.subject_id
            for row in company.assignments
            if row.subject_type == "account"
            and row.person_id in team
            and period.overlap_days(row.valid_from, row.valid_to)
        }
        run |= {
            shift.subject_id
            for shift in company.duty_roster
            if shift.subject_type == "account"
            and shift.person_id in team
            and shift.starts_at.date() < period.end
            and shift.ends_at.date() >= period.start
        }
        own = [
            account
            for account in company.accounts
            if account.platform == platform and (account.team_id == segment.team_id or account.account_id in run)
        ]
        return {peer_name(name) for account in own for name in (account.account_id, account.handle) if name}


def _event(row: PlatformEvent) -> EventInput:
    place = row.source_file or human_file("platform_events").path
    return EventInput(
        row.platform, row.kind, *row.window, what=row.what, link=row.source, source=f"{place} row {row.source_row}"
    )
