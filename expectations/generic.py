"""What to expect of sources in our own template, and of the catalogue of all landed files.

Belongs here: rules that no vendor's module owns.
"""

from __future__ import annotations

from expectations.rules import (
    FIRST_DAY,
    LAST_DAY,
    Rule,
    Suite,
    at_least,
    between,
    matches,
    no_repeats,
    not_null,
    profile_suite,
    unique_together,
)

FILE_COLUMNS = (
    "content_id",
    "spec_id",
    "family",
    "subject_id",
    "exported_at",
    "period_from",
    "period_to",
    "first_day",
    "last_day",
    "n_rows",
    "n_broken",
    "file_rank",
)

AGAIN = "Remove landing/_files and landing/_profile and run again; if it comes back, report it with the spec's name"

SUITES: tuple[Suite, ...] = (
    profile_suite(
        "content_log", "Content log", no_repeats("posts", "Keep one row a post; the last decision on it counts")
    ),
    profile_suite("incidents", "Incidents", no_repeats("incidents", "Keep one row an incident")),
    Suite(
        "files",
        "Catalogue of landed files",
        "one landed file (or sheet) of one source",
        FILE_COLUMNS,
        (
            not_null("spec_id", AGAIN),
            matches("content_id", r"^[0-9a-f]{32}$", "are no content ids", AGAIN),
            unique_together(("spec_id", "content_id"), AGAIN),
            unique_together(("spec_id", "file_rank"), AGAIN),
            between("n_rows", 1, None, "hold no row", AGAIN),
            between("n_broken", 0, None, "count a negative number of broken rows", AGAIN),
            between(
                "first_day",
                FIRST_DAY,
                LAST_DAY,
                "begin on a day that cannot be",
                "State dayfirst or the date format of this source in company.yaml under sources",
            ),
            at_least("last_day", "first_day", "end before they begin", AGAIN),
            Rule(
                "ExpectColumnPairValuesAToBeGreaterThanB",
                "n_broken",
                "have more broken than sound rows",
                "Open quarantine/ for the reasons, mend the export and put it in again",
                "warning",
                {
                    "column_A": "n_rows",
                    "column_B": "n_broken",
                    "or_equal": True,
                    "ignore_row_if": "either_value_is_missing",
                },
            ),
            at_least(
                "first_day",
                "period_from",
                "hold records before the range that their name states",
                "Check the file's name and the time zone of its account",
                "warning",
            ),
            at_least(
                "period_to",
                "last_day",
                "hold records after the range that their name states",
                "Check the file's name and the time zone of its account",
                "warning",
            ),
            at_least(
                "exported_at",
                "last_day",
                "hold records from after their own export",
                "Check the order of day and month (dayfirst in company.yaml) and the dated folder",
                "warning",
            ),
        ),
        ("exported_at", "period_from", "period_to", "first_day", "last_day"),
    ),
)
