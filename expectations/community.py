"""What to expect of community groups.

Belongs here: rules on the daily landing profile of groups.
"""

from __future__ import annotations

from expectations.rules import Suite, mostly_not_zero, no_negatives, no_repeats, profile_suite

SUITES: tuple[Suite, ...] = (
    profile_suite(
        "community_group_daily",
        "Community groups, by day",
        no_repeats("a group's day", "Keep one row a group and day"),
        no_negatives("counts"),
        mostly_not_zero("all measures", 0.5),
    ),
)
