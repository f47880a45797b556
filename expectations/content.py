"""What to expect of content and its spread: official accounts, the content register, publishing tools, listening, UGC.

Belongs here: rules on the daily landing profiles of these sources.
"""

from __future__ import annotations

from expectations.rules import Suite, mostly_not_zero, no_negatives, no_repeats, profile_suite

SUITES: tuple[Suite, ...] = (
    profile_suite(
        "oa_articles",
        "Official account articles",
        no_repeats("articles", "Export totals since publication, one row an article, not one a day"),
        no_negatives("counts"),
        mostly_not_zero("all measures", 0.8),
    ),
    profile_suite(
        "oa_user_days",
        "Official account users, by day",
        no_repeats("a day", "Export the total of all channels; a split by channel repeats each day"),
        no_negatives("users"),
        mostly_not_zero("all measures", 0.8),
    ),
    profile_suite("content_items", "Content items", no_repeats("content items", "Keep one row an item")),
    profile_suite(
        "publishing_posts",
        "Posts of publishing tools",
        no_repeats("posts", "Export again; one report lists each post once"),
        no_negatives("counts"),
        mostly_not_zero("all measures", 0.5),
    ),
    profile_suite(
        "mentions", "Media mentions", no_repeats("articles", "Nothing to do; an article counts once by its address")
    ),
    profile_suite(
        "hashtag_posts", "Posts with a campaign tag", no_repeats("posts", "Nothing to do; a post counts once a tag")
    ),
    profile_suite("ugc_items", "Content of users", no_repeats("items", "Keep one row an item of user content")),
    profile_suite(
        "follower_snapshots",
        "Follower lists",
        no_repeats("followers", "Take one snapshot a day; pages that overlap list a follower twice"),
        no_negatives("counts of a profile"),
    ),
)
