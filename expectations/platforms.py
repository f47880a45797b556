"""What to expect of the files about platforms: events, peers, readings of the peers.

Belongs here: rules on whole frames of these files. Does not belong here: the other human files and the frames
themselves (`expectations.human`).
"""

from __future__ import annotations

from expectations.rules import Suite, at_least, in_set, not_null, unique_together
from pipelines.company.platform_records import EVENT_KINDS

SUITES: tuple[Suite, ...] = (
    Suite(
        "platform_events",
        "Events of platforms",
        "one platform, first day, kind and set of KPIs",
        ("platform", "happened_from", "happened_to", "kind", "kpis", "source", "logged_by"),
        (
            not_null("happened_from", "Write the first day"),
            in_set("kind", EVENT_KINDS, "are no kind of event", f"Write one of {', '.join(EVENT_KINDS)}"),
            not_null("source", "An event may move targets: write what shows it"),
            not_null("logged_by", "An event may move targets: name who logged it"),
            at_least(
                "happened_to",
                "happened_from",
                "end on or before the day they begin",
                "happened_to is the first day on which it no longer distorts; leave it empty while it goes on",
                or_equal=False,
            ),
            unique_together(("platform", "happened_from", "kind", "kpis"), "Keep one row an event"),
        ),
        ("happened_from", "happened_to"),
    ),
    Suite(
        "peers",
        "Peer accounts",
        "one platform, peer and team",
        ("platform", "peer_id", "team_id", "registered_on", "registered_by"),
        (
            not_null("platform", "Name the platform, as people/accounts.csv does"),
            not_null("peer_id", "Write the handle of the peer"),
            not_null("registered_on", "Write the day of registration: it decides where the peer counts"),
            not_null("registered_by", "A peer may move targets: name who registered it"),
            unique_together(("platform", "peer_id", "team_id"), "Keep one row a peer and team"),
        ),
        ("registered_on",),
    ),
    Suite(
        "peer_readings",
        "Readings of peers",
        "one month, peer and KPI",
        ("month", "platform", "peer_id", "kpi_id", "value", "source"),
        (
            not_null("month", "Write the month, e.g. 2026-10"),
            not_null("peer_id", "Name a peer of people/peers.csv"),
            not_null("kpi_id", "Name the KPI"),
            not_null("value", "Write the value, or leave the row out where it is not known"),
            not_null("source", "A reading may move targets: write where it was read"),
            unique_together(("month", "platform", "peer_id", "kpi_id"), "Keep one value a month, peer and KPI"),
        ),
    ),
)
