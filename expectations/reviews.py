"""What to expect of the review files: ratings, rubrics, key results, shared targets, certificates.

Belongs here: rules on whole frames of the review files. Does not belong here: the other human files and the frames
themselves (`expectations.human`).
"""

from __future__ import annotations

from expectations.rules import Rule, Suite, between, in_set, matches, not_null, unique, unique_together
from pipelines.company.review_records import (
    AUDITED_LABELS,
    BARS_ITEMS,
    DECISIONS,
    ITEMS_360,
    KR_UNITS,
    RATER_GROUPS,
    SENTIMENTS,
    SKILLS,
)

PERSON = "Write the person's id from people/people.csv"
PERIOD = r"^\d{4}(?:-(?:0[1-9]|1[0-2])|-Q[1-4])?$"


def _suite(name: str, title: str, grain: str, key: str, *rules: Rule, others: str = "", dates: str = "") -> Suite:
    """A suite on one review file; key, other columns and dates are given as words."""
    keys, columns = tuple(key.split()), tuple(f"{key} {others}".split())
    common = [unique_together(keys, "Keep one row of each") if len(keys) > 1 else unique(key, "Keep one row of each")]
    if "period" in keys:
        common.append(matches("period", PERIOD, "are no period", "Write 2026-10, 2026-Q3 or 2026"))
    if "person_id" in columns:
        common.append(not_null("person_id", PERSON))
    return Suite(name, title, grain, columns, (*common, *rules), tuple(dates.split()))


def _score(low: int, high: int, column: str = "score") -> Rule:
    return between(column, low, high, f"lie outside {low} to {high}", f"Write a number from {low} to {high}")


def _word(column: str, words: tuple[str, ...]) -> Rule:
    return in_set(column, words, "are none of the words", f"Write one of {', '.join(words)}")


_BY = "period person_id"

SUITES: tuple[Suite, ...] = (
    _suite(
        "ratings_360",
        "360 ratings",
        "one period, person, rater and item",
        f"{_BY} rater_id item",
        _word("rater_group", RATER_GROUPS),
        _word("item", ITEMS_360),
        _score(1, 5),
        others="rater_group score",
    ),
    _suite(
        "ratings_self", "Self ratings", "one period, person and item", f"{_BY} item", _score(0, 100), others="score"
    ),
    _suite(
        "ratings_manager",
        "Manager ratings",
        "one period, person, item and manager",
        f"{_BY} item reviewer_id",
        _score(0, 100),
        others="score",
    ),
    _suite(
        "ratings_bars",
        "Anchored ratings",
        "one period, person, item and reviewer",
        f"{_BY} item reviewer_id",
        _word("item", BARS_ITEMS),
        _score(1, 5, "level"),
        others="level",
    ),
    _suite(
        "professional_feedback",
        "Feedback of professional users",
        "one period, person and respondent",
        f"{_BY} respondent_id",
        _score(0, 100),
        others="score",
    ),
    _suite(
        "dm_quality_reviews",
        "Reviews of direct messages",
        "one period, person, sample and reviewer",
        f"{_BY} sample_id reviewer_id",
        _score(0, 100),
        others="score",
    ),
    _suite(
        "innovation_reviews",
        "Innovation reviews",
        "one period, person, entry and juror",
        f"{_BY} entry_id reviewer_id",
        _score(0, 100),
        others="score",
    ),
    _suite(
        "brief_match_reviews",
        "Brief-match reviews",
        "one period, person, piece and reviewer",
        f"{_BY} content_id reviewer_id",
        _score(0, 100),
        others="score",
    ),
    _suite(
        "skill_ratings",
        "Skill ratings",
        "one period, person, skill and reviewer",
        f"{_BY} skill reviewer_id",
        _word("skill", SKILLS),
        _score(1, 5, "level"),
        others="level",
    ),
    _suite(
        "proposals",
        "Proposals",
        "one proposal",
        "proposal_id",
        _word("decision", DECISIONS),
        others="person_id decision",
    ),
    _suite(
        "brand_survey",
        "Brand survey",
        "one period and team",
        "period team_id",
        _score(0, 100),
        others="respondents score",
    ),
    _suite(
        "influence_scores",
        "Influence scores",
        "one period and account",
        "period account_id",
        between("score", 0, None, "are negative", "Write the score as given"),
        others="score",
    ),
    _suite(
        "okr",
        "Key results",
        "one period and key result",
        "period kr_id",
        _word("unit", KR_UNITS),
        between("weight", 0, None, "are not positive", "Write a positive weight", strict_min=True),
        others="person_id unit weight",
    ),
    _suite("shared_targets", "Shared targets", "one period, target and person", f"{_BY} target_id", others="is_met"),
    _suite(
        "certifications",
        "Certificates",
        "one person, certificate and day",
        "person_id certificate due_on",
        not_null("due_on", "Write the day by which it must be passed"),
        dates="due_on",
    ),
    _suite(
        "sentiment_labels",
        "Labels of comments by people",
        "one platform and comment",
        "network comment_id",
        _word("label", SENTIMENTS),
        not_null("reviewer_id", "Write who read the comment"),
        not_null("labelled_on", "Write the day on which it was read"),
        others="month label reviewer_id labelled_on",
        dates="labelled_on",
    ),
    _suite(
        "label_audit",
        "Labels judged by people",
        "one label and record",
        "label record_id",
        _word("label", tuple(AUDITED_LABELS)),
        _word("found", tuple(word for _, words in AUDITED_LABELS.values() for word in words)),
        not_null("reviewer_id", "Write who judged the record"),
        not_null("judged_on", "Write the day on which it was judged"),
        others="month found reviewer_id judged_on",
        dates="judged_on",
    ),
)
