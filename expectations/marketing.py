"""What to expect of ad platforms, GA4, app stores, touchpoints and the registers of analysts and interviewers.

Belongs here: rules on their daily landing profiles. The generic ad template is in `ads`.
"""

from __future__ import annotations

from expectations.rules import Suite, mostly_not_zero, no_negatives, no_repeats, profile_suite

BY_DAY = "Export by campaign and day alone; a split by ad group or placement repeats each day"
# credits for invalid clicks come as negative spend
CREDITS = no_negatives("spend or counts", "warning")

SUITES: tuple[Suite, ...] = (
    profile_suite("x_ads", "X Ads, by campaign and day", no_repeats("a campaign's day", BY_DAY), CREDITS),
    profile_suite("linkedin_ads", "LinkedIn ads, by campaign and day", no_repeats("a campaign's day", BY_DAY), CREDITS),
    profile_suite(
        "ga4_traffic",
        "GA4 sessions, by source / medium and day",
        no_repeats("a source's day", "Export with the session dimensions alone; a landing-page split repeats each day"),
        no_negatives("sessions"),
        mostly_not_zero("sessions", 0.9),
    ),
    profile_suite(
        "app_installs",
        "App installs, by campaign and day",
        no_repeats("an app's day", "Export without a split by country or version; it repeats each day"),
        no_negatives("installs"),
    ),
    profile_suite(
        "touchpoints", "Touchpoints", no_repeats("touches", "Export each visit once, without a joined table")
    ),
    profile_suite("interviews", "User interviews", no_repeats("interviews", "Keep one row an interview")),
    profile_suite("report_deliveries", "Reports due", no_repeats("reports", "Keep one row a report that is due")),
    profile_suite(
        "funnel_reports",
        "Funnel numbers reported",
        no_repeats("a step's month", "Keep one row a month, step and analyst"),
        no_negatives("reported numbers"),
    ),
)
