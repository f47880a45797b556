"""What to expect of public comments and of the labels that tools give their texts.

Belongs here: rules on the daily landing profile of comments, and on the profile of labels (`landing/labels.py`).
"""

from __future__ import annotations

from expectations.rules import (
    Suite,
    at_least,
    between,
    in_set,
    no_repeats,
    not_null,
    profile_suite,
    unique_together,
)

#: The landing table of labels, which is no source of its own.
LABELS = "sentiment_labels_profile"

_AGAIN = "Remove the file's labels under landing/sentiment_labels and landing/_profile and run again"

SUITES: tuple[Suite, ...] = (
    profile_suite("comments", "Public comments", no_repeats("comments", "Keep one row a comment")),
    Suite(
        LABELS,
        "Labels of public comments",
        "one file and language",
        (
            "content_id",
            "language",
            "tool",
            "n_rows",
            "n_texts",
            "n_positive",
            "n_neutral",
            "n_negative",
            "n_unlabelled",
            "n_odd",
            "lowest",
            "highest",
        ),
        (
            not_null("content_id", _AGAIN),
            in_set("language", ("en", "none", "zh"), "are no language", _AGAIN),
            unique_together(("content_id", "language"), _AGAIN),
            between("n_rows", 1, None, "count no row at all", _AGAIN),
            at_least("n_rows", "n_texts", "count more texts than rows", _AGAIN),
            between("n_odd", 0, 0, "have labels without a language, or a language without a label", _AGAIN),
            between("lowest", -1, 1, "have scores below -1", _AGAIN),
            between("highest", -1, 1, "have scores above 1", _AGAIN),
            at_least("highest", "lowest", "have a highest score below the lowest", _AGAIN),
        ),
    ),
)
