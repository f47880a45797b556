"""What to expect of tickets: the event log and the table with one row a ticket.

Belongs here: rules on the daily landing profiles of help desks. What an activity means stands in company.yaml.
"""

from __future__ import annotations

from expectations.rules import Suite, no_negatives, no_repeats, profile_suite

SUITES: tuple[Suite, ...] = (
    profile_suite(
        "ticket_events",
        "Ticket event log",
        # real logs write some events twice within the same second; staging keeps one of each
        no_repeats("events", "Nothing to do if the log writes events twice: each counts once"),
    ),
    profile_suite(
        "zendesk_tickets",
        "Zendesk tickets",
        no_repeats("tickets", "Export again; one export lists each ticket once"),
        no_negatives("durations"),
    ),
)
