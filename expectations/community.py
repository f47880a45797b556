"""What to expect of community groups, their members and the WeCom statistics of staff.

Belongs here: rules on the daily landing profiles of those sources.
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
    profile_suite(
        "wecom_owner_days",
        "WeCom groups, by owner and day",
        no_repeats("an owner's day", "Ask for one owner a call: the statistics of several come back summed"),
        no_negatives("counts"),
        mostly_not_zero("all measures", 0.5),
    ),
    profile_suite(
        "wecom_user_days",
        "WeCom behaviour of staff, by day",
        no_repeats("a member of staff's day", "Ask for one userid a call: several come back summed"),
        no_negatives("counts"),
        mostly_not_zero("all measures", 0.5),
    ),
    profile_suite(
        "group_member_snapshots",
        "Members of groups, by snapshot",
        no_repeats("a member of a group", "Keep one row a member, group and snapshot"),
    ),
    profile_suite(
        "group_member_events",
        "Changes of members",
        no_repeats("changes", "Nothing to do: a change that is told twice counts once"),
    ),
    profile_suite(
        "member_activity",
        "Activity of members, by day",
        no_repeats("a member's day in a group", "Keep one row a member, group and day"),
        no_negatives("messages or minutes"),
        mostly_not_zero("all measures", 0.5),
    ),
    profile_suite("qa_register", "Questions and answers", no_repeats("answers", "Keep one row an answer")),
)
