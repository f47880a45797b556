"""Sound frames for the suites of expectations: one for each landing profile and human file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd

from expectations import comments, runner
from expectations.rules import PROFILE_COLUMNS

CONTENT = "0123456789abcdef0123456789abcdef"
OTHER = "fedcba9876543210fedcba9876543210"


def profile(spec_id: str) -> pd.DataFrame:
    """Three sound days of one file."""
    rows = [(spec_id, "family", CONTENT, "acc1", date(2026, 10, day), 3, 3, 0, 120.5 + day, 0, 0) for day in (1, 2, 3)]
    return pd.DataFrame(rows, columns=list(PROFILE_COLUMNS))


def files() -> pd.DataFrame:
    """Two sound files of one source; the second states neither its export time nor its range."""
    october = {
        "content_id": CONTENT,
        "spec_id": "x_posts_monthly",
        "family": "x_posts",
        "subject_id": "acc1",
        "exported_at": datetime(2026, 11, 1, 8, 30),
        "period_from": date(2026, 10, 1),
        "period_to": date(2026, 11, 1),
        "first_day": date(2026, 10, 1),
        "last_day": date(2026, 10, 31),
        "n_rows": 40,
        "n_broken": 0,
        "file_rank": 1,
    }
    november = {
        **october,
        "content_id": OTHER,
        "exported_at": None,
        "period_from": None,
        "period_to": None,
        "file_rank": 2,
    }
    return pd.DataFrame([october, november])


def human_frame(name: str) -> pd.DataFrame:
    """Two sound rows of a human file; the index is the row in the file."""
    window = {"valid_from": date(2026, 1, 1), "valid_to": None}
    ended = {"valid_from": date(2025, 1, 1), "valid_to": date(2026, 1, 1)}
    rows: dict[str, list[dict[str, object]]] = {
        "people": [
            {"person_id": "P1", "hired_on": date(2025, 1, 1), "left_on": None},
            {"person_id": "P2", "hired_on": date(2025, 1, 1), "left_on": date(2026, 6, 1)},
        ],
        "positions": [
            {"person_id": "P1", "role": "editor", "level": "L1", "team_id": "T1", "bonus_base": 1000.0, **window},
            {"person_id": "P1", "role": "editor", "level": None, "team_id": "T1", "bonus_base": 0.0, **ended},
        ],
        "identities": [
            {"system": "crm", "external_id": "one", "person_id": "P1", **window},
            {"system": "crm", "external_id": "one", "person_id": "P2", **ended},
        ],
        "accounts": [
            {
                "account_id": name,
                "platform": "x",
                "timezone": None,
                "active_from": date(2025, 1, 1),
                "active_to": None,
            }
            for name in ("a1", "a2")
        ],
        "assignments": [
            {"subject_type": "account", "subject_id": "a1", "person_id": person, "share": share, **window}
            for person, share in (("P1", 60.0), ("P2", 40.0))
        ],
        "scheme_buffers": [
            {
                "mode": "shadow",
                "scheme_id": "001",
                "version": None,
                "team_id": team,
                "role": None,
                "valid_from": date(2026, 10, 1),
                "valid_to": date(2026, 12, 1),
            }
            for team in ("T1", "T2")
        ],
        "scheme_assignments": [
            {"scheme_id": "scheme_000", "team_id": None, "role": None, **window},
            {"scheme_id": "scheme_000", "team_id": "T1", "role": None, **window},
        ],
        "duty_roster": [
            {
                "subject_type": "inbox",
                "subject_id": "i1",
                "person_id": "P1",
                "starts_at": datetime(2026, 10, day, 9),
                "ends_at": datetime(2026, 10, day, 18),
            }
            for day in (1, 2)
        ],
        "targets": [
            {
                "period": period,
                "period_type": kind,
                "scope": "company",
                "scope_id": None,
                "kpi_id": "impressions",
                "is_unagreed": 0,
            }
            for period, kind in (("2026-10", "month"), ("2026-Q3", "quarter"))
        ],
        "costs": [
            {
                "month": "2026-10",
                "scope": "team",
                "scope_id": "T1",
                "kind": kind,
                "amount": 10.0,
                "approved_by": "P3",
            }
            for kind in ("goods", "programme")
        ],
        "finance": [
            {
                "period": "2026",
                "kind": "cpl_base",
                "scope": "company",
                "scope_id": None,
                "channel": channel,
                "amount": 5.0,
                "approved_by": "P3",
            }
            for channel in ("x_ads", "meta_ads")
        ],
        "publishing_plan": [
            {"month": "2026-10", "account_id": "a1", "person_id": person, "planned_posts": 30.0}
            for person in ("P1", None)
        ],
        "communities": [
            {"community_id": "c1", "type": "content", "stage": stage, "target_population": 500.0, **span}
            for stage, span in (("growth", ended), ("mature", window))
        ],
        "community_groups": [{"group_id": group, "community_id": "c1", **window} for group in ("g1", "g2")],
        "content_quality_reviews": [
            {"period": "2026-10", "person_id": person, "score": 80.0, "reviewer_id": "P3", "is_self_reviewed": 0}
            for person in ("P1", "P2")
        ],
        "record_overrides": [
            {
                "record_type": "order",
                "record_id": "1001",
                "person_id": person,
                "share": 50.0,
                "approved_by": "P3",
                "is_self_approved": 0,
            }
            for person in ("P1", "P2")
        ],
        "adjustments": [
            {"period": "2026-10", "person_id": "P1", "amount": amount, "approved_by": "P3", "is_self_approved": 0}
            for amount in (100.0, -50.0)
        ],
        "bonus_point_nominations": [
            {"period": "2026-10", "person_id": person, "points": 3.0, "approved_by": "P3", "is_self_decided": 0}
            for person in ("P1", "P2")
        ],
        "award_approvals": [
            {
                "period": "2026-10",
                "person_id": person,
                "award": "star",
                "amount": 500.0,
                "approved_by": "P3",
                "is_self_decided": 0,
            }
            for person in ("P1", "P2")
        ],
        "calibration_decisions": [
            {
                "period": "2026-10",
                "person_id": person,
                "seen": 82.5,
                "decided": 85.0,
                "decided_by": "P3",
                "is_self_decided": 0,
            }
            for person in ("P1", "P2")
        ],
        "appeals": [
            {
                "period": "2026-10",
                "person_id": person,
                "kpi_id": None,
                "incident": None,
                "filed_on": date(2026, 11, 5),
                "outcome": "open",
                "period_start": date(2026, 10, 1),
                "is_self_decided": 0,
            }
            for person in ("P1", "P2")
        ],
        "individual_kpis": [
            {"person_id": person, "kpi_id": "nps", "agreed_by": "P9", "valid_from": date(2026, 1, 1), "valid_to": None}
            for person in ("P1", "P2")
        ],
        "leave": [
            {"person_id": person, "valid_from": date(2026, 10, 5), "valid_to": date(2026, 10, 10)}
            for person in ("P1", "P2")
        ],
        "offline_events": [
            {"account_id": account, "valid_from": date(2026, 10, 1), "valid_to": date(2026, 10, 3)}
            for account in ("a1", None)
        ],
        "activity_log": [
            {"done_on": date(2026, 10, 5), "person_id": person, "kind": "coaching", "what": "one"}
            for person in ("P1", "P2")
        ],
        "preferences": [{"person_id": person, "wish": "training", **window} for person in ("P1", "P2")],
        "member_incentives": [
            {
                "incentive_id": incentive,
                "mechanism": "rewards",
                "scope": "group",
                "valid_from": date(2026, 10, 1),
                "valid_to": date(2026, 11, 1),
                "cost": 20.0,
            }
            for incentive in ("I1", "I2")
        ],
        "scheme_approvals": [
            {
                "scheme_id": "000",
                "version": "1.0.0",
                "team_id": team,
                "approved_by": "P9",
                "approved_on": date(2026, 1, 5),
            }
            for team in ("T1", "T2")
        ],
        "platform_events": [
            {
                "platform": platform,
                "happened_from": date(2026, 10, 5),
                "happened_to": None,
                "kind": "algorithm",
                "kpis": None,
                "source": "https://example.com/a",
                "logged_by": "P1",
            }
            for platform in ("x", None)
        ],
        "peers": [
            {
                "platform": "x",
                "peer_id": peer,
                "team_id": None,
                "registered_on": date(2026, 1, 5),
                "registered_by": "P9",
            }
            for peer in ("one", "two")
        ],
        "peer_readings": [
            {
                "month": "2026-10",
                "platform": "x",
                "peer_id": peer,
                "kpi_id": "impressions",
                "value": 5.0,
                "source": "page",
            }
            for peer in ("one", "two")
        ],
        "excluded_handles": [{"handle": handle, "reason": "spam"} for handle in ("one", "two")],
    }
    if name in REVIEWS:
        return pd.DataFrame([{**row, **REVIEWS[name][1]} for row in REVIEWS[name][0]], index=[2, 3], dtype=object)
    return pd.DataFrame(rows[name], index=[2, 3], dtype=object)


PEOPLE = [{"person_id": "P1"}, {"person_id": "P2"}]
SCORED = (
    "ratings_self",
    "ratings_manager",
    "professional_feedback",
    "dm_quality_reviews",
    "innovation_reviews",
    "brief_match_reviews",
    "brand_survey",
)
Q3 = {"period": "2026-Q3", "reviewer_id": "P3", "score": 80.0}
# review file -> what differs between two sound rows, and what both have
REVIEWS: dict[str, tuple[list[dict[str, Any]], dict[str, Any]]] = {
    "ratings_360": (PEOPLE, {**Q3, "rater_id": "P3", "rater_group": "peer", "item": "teamwork", "score": 4.0}),
    "ratings_self": (PEOPLE, {**Q3, "item": "quality"}),
    "ratings_manager": (PEOPLE, {**Q3, "item": "quality"}),
    "ratings_bars": (PEOPLE, {**Q3, "item": "initiative", "level": 3}),
    "professional_feedback": (PEOPLE, {**Q3, "respondent_id": "one"}),
    "dm_quality_reviews": (PEOPLE, {**Q3, "sample_id": "one"}),
    "innovation_reviews": (PEOPLE, {**Q3, "entry_id": "one"}),
    "brief_match_reviews": (PEOPLE, {**Q3, "content_id": "one"}),
    "skill_ratings": (PEOPLE, {**Q3, "skill": "human_ai_collaboration", "level": 3}),
    "proposals": ([{"proposal_id": "1"}, {"proposal_id": "2"}], {"person_id": "P1", "decision": "adopted"}),
    "brand_survey": ([{"team_id": "T1"}, {"team_id": "T2"}], {**Q3, "respondents": 100}),
    "influence_scores": ([{"account_id": "a1"}, {"account_id": "a2"}], Q3),
    "okr": ([{"kr_id": "k1"}, {"kr_id": "k2"}], {"period": "2026-Q3", "person_id": "P1", "unit": "pp", "weight": 1.0}),
    "shared_targets": (PEOPLE, {"period": "2026-Q3", "target_id": "launch", "is_met": True}),
    "certifications": (PEOPLE, {"certificate": "one", "due_on": date(2026, 9, 30)}),
    "sentiment_labels": (
        [{"comment_id": "1"}, {"comment_id": "2"}],
        {
            "month": "2026-10",
            "network": "weibo",
            "label": "positive",
            "reviewer_id": "P1",
            "labelled_on": date(2026, 10, 2),
        },
    ),
    "label_audit": (
        [{"record_id": "1"}, {"record_id": "2"}],
        {
            "month": "2026-10",
            "label": "originality",
            "found": "original",
            "reviewer_id": "P1",
            "judged_on": date(2026, 11, 2),
        },
    ),
}


def label_profile() -> pd.DataFrame:
    """The labels of one sound file: five English texts, and one that no tool knows."""
    counts = {"n_positive": 2, "n_neutral": 2, "n_negative": 1, "n_unlabelled": 0, "n_odd": 0}
    english = {
        "content_id": CONTENT,
        "language": "en",
        "tool": "t-1",
        "n_rows": 5,
        "n_texts": 4,
        **counts,
        "lowest": -0.5,
        "highest": 0.9,
    }
    none = {**english, "language": "none", "tool": "", "n_rows": 1, "n_texts": 1, **dict.fromkeys(counts, 0)}
    return pd.DataFrame([english, {**none, "n_unlabelled": 1, "lowest": None, "highest": None}])


def sound(name: str) -> pd.DataFrame:
    if name == "files":
        return files()
    if name == comments.LABELS:
        return label_profile()
    return human_frame(name) if name in runner.human_suites() else profile(name)
