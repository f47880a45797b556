"""What to expect of the decision files: bonus points, awards, calibration, appeals.

Belongs here: rules on whole frames of these files. Does not belong here: the other human files and the frames
themselves (`expectations.human`), reviews (`expectations.reviews`).
"""

from __future__ import annotations

from expectations.reviews import PERIOD, PERSON
from expectations.rules import Rule, Suite, at_least, between, in_set, matches, not_null, unique_together
from pipelines.company.decision_records import OUTCOMES

_OTHER = "Have another person decide"


def _suite(name: str, title: str, grain: str, columns: str, *rules: Rule, dates: str = "") -> Suite:
    """A suite on one decision file; columns and dates are given as words."""
    common = (
        matches("period", PERIOD, "are no period", "Write 2026-10, 2026-Q3 or 2026"),
        not_null("person_id", PERSON),
        between("is_self_decided", 0, 0, "are decided by who is concerned", _OTHER),
    )
    words = ("period", "person_id", *columns.split(), "is_self_decided")
    return Suite(name, title, grain, words, (*common, *rules), tuple(dates.split()))


SUITES: tuple[Suite, ...] = (
    _suite(
        "bonus_point_nominations",
        "Bonus points",
        "one grant of points",
        "points approved_by",
        between("points", 0, 100, "lie outside 0 to 100", "Write the points, above 0", strict_min=True),
        not_null("approved_by", "Points are pay: name who approved them"),
    ),
    _suite(
        "award_approvals",
        "Awards",
        "one period, person and award",
        "award amount approved_by",
        not_null("award", "Name the award"),
        between("amount", 0, None, "are not above 0", "Write what is paid", strict_min=True),
        not_null("approved_by", "An award is pay: name who approved it"),
        unique_together(("period", "person_id", "award"), "Keep one row of each award"),
    ),
    _suite(
        "calibration_decisions",
        "Calibration decisions",
        "one period and person",
        "seen decided decided_by",
        between("seen", 0, None, "are negative", "Write the score that the meeting saw"),
        between("decided", 0, None, "are negative", "Write the score that was decided"),
        not_null("decided_by", "A decided score is pay: name who decided it"),
        unique_together(("period", "person_id"), "Keep one decision a person and period"),
    ),
    _suite(
        "appeals",
        "Appeals",
        "one period, person, KPI and day",
        "kpi_id incident filed_on outcome period_start",
        in_set("outcome", OUTCOMES, "are no outcome", f"Write one of {', '.join(OUTCOMES)}"),
        not_null("filed_on", "Write the day on which it was filed"),
        at_least("filed_on", "period_start", "are filed before their period", "Correct the day or the period"),
        unique_together(("period", "person_id", "kpi_id", "incident", "filed_on"), "Keep one row an appeal"),
        dates="filed_on period_start",
    ),
)
