"""What to expect of X: posts of both export shapes, the daily account overview, follower counts.

Belongs here: rules on the daily landing profiles of these sources. Gaps and changes across files are guards in dbt.
"""

from __future__ import annotations

from expectations.rules import Suite, between, mostly_not_zero, no_negatives, no_repeats, profile_suite

# One account that posts more in a day is a parsing fault (a text with line breaks read as rows), not a person:
# X itself refuses more than 2,400 posts a day.
POSTS_PER_DAY = 2400

SUITES: tuple[Suite, ...] = (
    profile_suite(
        "x_posts_monthly",
        "X posts, monthly export",
        no_repeats("posts", "Export again; one monthly export lists each post once"),
        no_negatives("counts"),
        between(
            "n_rows", None, POSTS_PER_DAY, "have more posts than X allows", "Open the file: broken quotes split texts"
        ),
        mostly_not_zero("impressions", 0.5),
    ),
    profile_suite(
        "x_posts_content",
        "X posts, content export",
        no_repeats("posts", "Export again; one content export lists each post once"),
        no_negatives("counts"),
        between(
            "n_rows", None, POSTS_PER_DAY, "have more posts than X allows", "Open the file: broken quotes split texts"
        ),
        mostly_not_zero("impressions", 0.5),
    ),
    profile_suite(
        "x_account_daily",
        "X account overview, by day",
        no_repeats("a day", "Export one account at a time, each into its own folder"),
        no_negatives("counts"),
        mostly_not_zero("all measures", 0.8),
    ),
    profile_suite(
        "account_followers",
        "Follower counts, by day",
        no_repeats("an account's day", "Keep one count an account and day"),
        no_negatives("followers"),
        mostly_not_zero("followers", 0.9),
    ),
)
