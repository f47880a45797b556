"""What to expect of the files that lists read: actions, wishes, incentives of members, approvals of schemes.

Belongs here: rules on whole frames of these files. Does not belong here: the frames themselves (`expectations.human`),
reviews that feed KPIs (`expectations.reviews`).
"""

from __future__ import annotations

from expectations.reviews import PERSON
from expectations.rules import Rule, Suite, at_least, between, in_set, not_null, unique, unique_together
from pipelines.company.list_records import ACTIVITY_KINDS, INCENTIVE_SCOPES, MECHANISMS, WISHES

_END = "valid_to is the first day on which it no longer holds; leave it empty while it holds"


def _suite(name: str, title: str, grain: str, columns: str, *rules: Rule, dates: str) -> Suite:
    """A suite on one of these files; columns and dates are given as words."""
    return Suite(name, title, grain, tuple(columns.split()), rules, tuple(dates.split()))


def _one_of(column: str, allowed: tuple[str, ...], what: str) -> Rule:
    return in_set(column, allowed, what, f"Write one of {', '.join(allowed)}")


SUITES: tuple[Suite, ...] = (
    _suite(
        "activity_log",
        "Key actions",
        "one key action of a person",
        "done_on person_id kind what",
        not_null("done_on", "Write the day of the action"),
        not_null("person_id", PERSON),
        _one_of("kind", ACTIVITY_KINDS, "are no kind of action"),
        unique_together(("done_on", "person_id", "kind", "what"), "Keep one row an action"),
        dates="done_on",
    ),
    _suite(
        "preferences",
        "Preferences",
        "one wish of a person and window",
        "person_id wish valid_from valid_to",
        not_null("person_id", PERSON),
        _one_of("wish", WISHES, "are no kind of wish"),
        at_least("valid_to", "valid_from", "end on or before the day they begin", _END, or_equal=False),
        unique_together(("person_id", "wish", "valid_from"), "Keep one row a wish"),
        dates="valid_from valid_to",
    ),
    _suite(
        "member_incentives",
        "Incentives of members",
        "one incentive",
        "incentive_id mechanism scope valid_from valid_to cost",
        unique("incentive_id", "Keep one row an incentive"),
        _one_of("mechanism", MECHANISMS, "are no mechanism"),
        _one_of("scope", INCENTIVE_SCOPES, "are no scope of incentives"),
        not_null("valid_from", "Write the first day of the incentive"),
        at_least("valid_to", "valid_from", "end on or before the day they begin", _END, or_equal=False),
        between("cost", 0, None, "are negative", "Write what was spent, or nothing where it is not known"),
        dates="valid_from valid_to",
    ),
    _suite(
        "scheme_approvals",
        "Approvals of schemes",
        "one scheme version and department",
        "scheme_id version team_id approved_by approved_on",
        not_null("approved_by", "Name who spoke for the department"),
        not_null("approved_on", "Write the day of the approval"),
        unique_together(("scheme_id", "version", "team_id"), "Keep one approval a version and department"),
        dates="approved_on",
    ),
)
