"""What to expect of paid reach: ad spend by campaign and day, and web sessions by UTM tags.

Belongs here: rules on their daily landing profiles.
"""

from __future__ import annotations

from expectations.rules import Suite, no_negatives, no_repeats, profile_suite

SUITES: tuple[Suite, ...] = (
    profile_suite(
        "ad_spend",
        "Ad spend, by campaign and day",
        no_repeats("a campaign's day", "Export with the breakdown day alone; placement or age splits repeat each day"),
        # credits for invalid clicks come as negative spend
        no_negatives("spend or counts", "warning"),
    ),
    profile_suite(
        "web_traffic",
        "Web sessions, by UTM tags and day",
        no_repeats("a tag's day", "Export with the UTM dimensions alone; a landing-page split repeats each day"),
        no_negatives("sessions"),
    ),
)
