"""Each expectation on one frame that passes and one that breaks it, with the message that a person reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pandas as pd
import pytest
from sound_frames import CONTENT, REVIEWS, SCORED, human_frame, profile, sound

from expectations import comments, human, runner
from expectations.results import Outcome
from expectations.rules import profile_rules


def put(column: str, value: object) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """The defect: another value in the last row."""

    def apply(frame: pd.DataFrame) -> pd.DataFrame:
        frame = frame.astype(object)
        frame.loc[frame.index[-1], column] = value
        return frame

    return apply


def put_all(column: str, value: object) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return lambda frame: frame.assign(**{column: value})


def repeat(frame: pd.DataFrame) -> pd.DataFrame:
    """The defect: the last row once more."""
    return pd.concat([frame, frame.tail(1)])


PROFILE_DEFECTS = [
    (put("content_id", None), "column content_id: 1 of 3 rows are empty (row 2). Remove the file's folder"),
    (put("day", None), "column day: 1 of 3 rows are empty (row 2). Look in quarantine/"),
    (put("day", date(1926, 10, 3)), "column day: 1 of 3 rows are days that cannot be (row 2). State dayfirst"),
    (repeat, "column content_id + subject_id + day: 2 of 4 rows occur more than once (row 2, 2). Remove the file's"),
    (put("n_rows", 0), "column n_rows: 1 of 3 rows count no row at all (row 2)."),
    (put("n_keys", -1), "column n_keys: 1 of 3 rows count a negative number of keys (row 2)."),
    (put("n_keys", 4), "column n_rows: 1 of 3 rows count more keys than rows (row 2)."),
    (put("n_null_keys", 2), "column n_null_keys: 1 of 3 rows have records without an id (row 2). Export again"),
    (put("n_zero", 4), "column n_rows: 1 of 3 rows count more all-zero rows than rows (row 2)."),
    (put("n_negative", 4), "column n_rows: 1 of 3 rows count more negative rows than rows (row 2)."),
]

PROFILE_RULES = profile_rules()

AGAIN = "Remove landing/_files and landing/_profile"
DEFECTS: list[tuple[str, Callable[[pd.DataFrame], pd.DataFrame], str]] = [
    # one source for all: the others have the very same rules, which a test below holds
    *[("leads", defect, message) for defect, message in PROFILE_DEFECTS],
    ("files", put("spec_id", None), f"column spec_id: 1 of 2 rows are empty (row 1). {AGAIN}"),
    ("files", put("content_id", "../x"), "column content_id: 1 of 2 rows are no content ids (row 1)."),
    ("files", put("content_id", CONTENT), "column spec_id + content_id: 2 of 2 rows occur more than once (row 0, 1)."),
    ("files", put("file_rank", 1), "column spec_id + file_rank: 2 of 2 rows occur more than once (row 0, 1)."),
    ("files", put("n_rows", 0), "column n_rows: 1 of 2 rows hold no row (row 1)."),
    ("files", put("n_broken", -1), "column n_broken: 1 of 2 rows count a negative number of broken rows (row 1)."),
    (
        "files",
        put("first_day", date(1926, 1, 1)),
        "column first_day: 1 of 2 rows begin on a day that cannot be (row 1).",
    ),
    ("files", put("last_day", date(2026, 9, 30)), "column last_day: 1 of 2 rows end before they begin (row 1)."),
    (
        "files",
        put("n_broken", 41),
        "column n_broken: 1 of 2 rows have more broken than sound rows (row 1). Open quarantine/",
    ),
    (
        "files",
        put("period_from", date(2026, 10, 2)),
        "column first_day: 1 of 2 rows hold records before the range that their name states (row 1). Check the file's",
    ),
    (
        "files",
        put("period_to", date(2026, 10, 30)),
        "column period_to: 1 of 2 rows hold records after the range that their name states (row 1). Check the file's",
    ),
    (
        "files",
        put("exported_at", datetime(2026, 10, 10)),
        "column exported_at: 1 of 2 rows hold records from after their own export (row 1). Check the order of day",
    ),
    ("x_posts_monthly", put("n_keys", 2), "column n_keys: 1 of 3 rows repeat posts inside one file (row 2). Export"),
    ("x_posts_monthly", put("n_negative", 1), "column n_negative: 1 of 3 rows have negative counts (row 2). Export"),
    ("x_posts_monthly", put("n_rows", 2401), "column n_rows: 1 of 3 rows have more posts than X allows (row 2). Open"),
    (
        "x_posts_monthly",
        put_all("n_zero", 3),
        "column n_zero: 3 of 3 rows have impressions of zero in every row (row 0, 1, 2). Compare with the vendor's",
    ),
    ("x_posts_content", put("n_keys", 2), "repeat posts inside one file (row 2). Export again; one content export"),
    ("x_posts_content", put("n_negative", 1), "column n_negative: 1 of 3 rows have negative counts (row 2)."),
    ("x_posts_content", put("n_rows", 2401), "have more posts than X allows (row 2). Open the file"),
    ("x_posts_content", put_all("n_zero", 3), "have impressions of zero in every row (row 0, 1, 2)."),
    ("x_account_daily", put("n_keys", 2), "repeat a day inside one file (row 2). Export one account at a time"),
    ("x_account_daily", put("n_negative", 1), "have negative counts (row 2)."),
    ("x_account_daily", put_all("n_zero", 3), "have all measures of zero in every row (row 0, 1, 2)."),
    ("account_followers", put("n_keys", 2), "repeat an account's day inside one file (row 2). Keep one count"),
    ("account_followers", put("n_negative", 1), "have negative followers (row 2)."),
    ("account_followers", put_all("n_zero", 3), "have followers of zero in every row (row 0, 1, 2)."),
    ("shopify_orders", put("n_negative", 1), "have negative amounts (row 2)."),
    ("shopify_orders", put_all("n_zero", 3), "have totals of zero in every row (row 0, 1, 2)."),
    ("orders_generic", put("n_negative", 1), "have negative amounts (row 2)."),
    ("orders_generic", put_all("n_zero", 3), "have paid amounts of zero in every row (row 0, 1, 2)."),
    ("referrals", put("n_keys", 2), "repeat a referred customer inside one file (row 2). Keep the first"),
    ("hubspot_deals", put("n_keys", 2), "repeat deals inside one file (row 2). Export the list view"),
    ("hubspot_deals", put("n_negative", 1), "have negative amounts (row 2)."),
    ("crm_opportunities", put("n_keys", 2), "repeat opportunities inside one file (row 2)."),
    ("crm_opportunities", put("n_negative", 1), "have negative amounts (row 2)."),
    ("leads", put("n_keys", 2), "repeat leads inside one file (row 2)."),
    ("ticket_events", put("n_keys", 2), "repeat events inside one file (row 2). Nothing to do"),
    ("zendesk_tickets", put("n_keys", 2), "repeat tickets inside one file (row 2). Export again"),
    ("zendesk_tickets", put("n_negative", 1), "have negative durations (row 2)."),
    ("ad_spend", put("n_keys", 2), "repeat a campaign's day inside one file (row 2)."),
    ("ad_spend", put("n_negative", 1), "have negative spend or counts (row 2)."),
    ("web_traffic", put("n_keys", 2), "repeat a tag's day inside one file (row 2)."),
    ("ga4_traffic", put_all("n_zero", 3), "have sessions of zero in every row (row 0, 1, 2)."),
    ("web_traffic", put("n_negative", 1), "have negative sessions (row 2)."),
    ("x_ads", put("n_keys", 2), "repeat a campaign's day inside one file (row 2)."),
    ("x_ads", put("n_negative", 1), "have negative spend or counts (row 2)."),
    ("linkedin_ads", put("n_keys", 2), "repeat a campaign's day inside one file (row 2)."),
    ("linkedin_ads", put("n_negative", 1), "have negative spend or counts (row 2)."),
    ("ga4_traffic", put("n_keys", 2), "repeat a source's day inside one file (row 2)."),
    ("ga4_traffic", put("n_negative", 1), "have negative sessions (row 2)."),
    ("app_installs", put("n_keys", 2), "repeat an app's day inside one file (row 2)."),
    ("app_installs", put("n_negative", 1), "have negative installs (row 2)."),
    ("touchpoints", put("n_keys", 2), "repeat touches inside one file (row 2)."),
    ("interviews", put("n_keys", 2), "repeat interviews inside one file (row 2)."),
    ("report_deliveries", put("n_keys", 2), "repeat reports inside one file (row 2)."),
    ("funnel_reports", put("n_keys", 2), "repeat a step's month inside one file (row 2)."),
    ("funnel_reports", put("n_negative", 1), "have negative reported numbers (row 2)."),
    ("community_group_daily", put("n_keys", 2), "repeat a group's day inside one file (row 2)."),
    ("community_group_daily", put("n_negative", 1), "have negative counts (row 2)."),
    ("community_group_daily", put_all("n_zero", 3), "have all measures of zero in every row (row 0, 1, 2)."),
    ("wecom_owner_days", put("n_keys", 2), "repeat an owner's day inside one file (row 2). Ask for one owner a call"),
    ("wecom_owner_days", put("n_negative", 1), "have negative counts (row 2)."),
    ("wecom_owner_days", put_all("n_zero", 3), "have all measures of zero in every row (row 0, 1, 2)."),
    ("wecom_user_days", put("n_keys", 2), "repeat a member of staff's day inside one file (row 2). Ask for one userid"),
    ("wecom_user_days", put("n_negative", 1), "have negative counts (row 2)."),
    ("wecom_user_days", put_all("n_zero", 3), "have all measures of zero in every row (row 0, 1, 2)."),
    ("group_member_snapshots", put("n_keys", 2), "repeat a member of a group inside one file (row 2)."),
    ("group_member_events", put("n_keys", 2), "repeat changes inside one file (row 2). Nothing to do"),
    ("member_activity", put("n_keys", 2), "repeat a member's day in a group inside one file (row 2)."),
    ("member_activity", put("n_negative", 1), "have negative messages or minutes (row 2)."),
    ("member_activity", put_all("n_zero", 3), "have all measures of zero in every row (row 0, 1, 2)."),
    ("qa_register", put("n_keys", 2), "repeat answers inside one file (row 2). Keep one row an answer"),
    ("communities", put("community_id", None), "column community_id: 1 of 2 rows are empty (row 3)."),
    ("communities", put("type", "planet"), "column type: 1 of 2 rows are no type (row 3)."),
    ("communities", put("stage", "planet"), "column stage: 1 of 2 rows are no stage (row 3)."),
    ("communities", put("target_population", 0.0), "column target_population: 1 of 2 rows reach nobody (row 3)."),
    ("communities", repeat, "column community_id + valid_from: 2 of 3 rows occur more than once (row 3, 3)."),
    ("communities", put("valid_to", date(2025, 1, 1)), "column valid_to: 1 of 2 rows end on or before the day"),
    ("community_groups", put("group_id", None), "column group_id: 1 of 2 rows are empty (row 3)."),
    ("community_groups", put("community_id", None), "column community_id: 1 of 2 rows are empty (row 3)."),
    ("community_groups", repeat, "column group_id + valid_from: 2 of 3 rows occur more than once (row 3, 3)."),
    ("community_groups", put("valid_to", date(2025, 1, 1)), "column valid_to: 1 of 2 rows end on or before the day"),
    ("content_log", put("n_keys", 2), "repeat posts inside one file (row 2). Keep one row a post"),
    ("incidents", put("n_keys", 2), "repeat incidents inside one file (row 2). Keep one row an incident"),
    ("event_register", put("n_keys", 2), "repeat events inside one file (row 2). Keep one row an event"),
    ("event_register", put("n_negative", 1), "have negative people, outputs or amounts (row 2)."),
    ("survey_answers", put("n_keys", 2), "repeat surveys inside one file (row 2). Keep one row a survey"),
    ("chatwoot_conversations", put("n_keys", 2), "repeat conversations inside one file (row 2)."),
    ("chatwoot_events", put("n_keys", 2), "repeat reporting events inside one file (row 2). Nothing to do if pages"),
    ("people", put("person_id", None), "column person_id: 1 of 2 rows are empty (row 3). Give every person an id"),
    ("people", put("person_id", "P1"), "column person_id: 2 of 2 rows occur more than once (row 2, 3). Keep one row"),
    ("people", put("hired_on", None), "column hired_on: 1 of 2 rows are empty (row 3). Write the first working day"),
    ("people", put("left_on", date(2024, 1, 1)), "column left_on: 1 of 2 rows leave before they are hired (row 3)."),
    ("positions", put("person_id", None), "column person_id: 1 of 2 rows are empty (row 3)."),
    ("positions", put("role", None), "column role: 1 of 2 rows are empty (row 3). Write the role"),
    ("positions", put("team_id", None), "column team_id: 1 of 2 rows are empty (row 3). Write the team"),
    ("positions", repeat, "column person_id + valid_from: 2 of 3 rows occur more than once (row 3, 3). A person has"),
    ("positions", put("bonus_base", -1.0), "column bonus_base: 1 of 2 rows are negative (row 3). Write the target"),
    (
        "positions",
        put("valid_to", date(2025, 1, 1)),
        "column valid_to: 1 of 2 rows end on or before the day they begin",
    ),
    ("identities", put("system", None), "column system: 1 of 2 rows are empty (row 3). Name the system"),
    ("identities", put("external_id", None), "column external_id: 1 of 2 rows are empty (row 3). Write the name"),
    ("identities", put("person_id", None), "column person_id: 1 of 2 rows are empty (row 3)."),
    ("identities", repeat, "column system + external_id + valid_from: 2 of 3 rows occur more than once (row 3, 3)."),
    ("identities", put("valid_to", date(2024, 1, 1)), "column valid_to: 1 of 2 rows end on or before the day"),
    ("accounts", put("account_id", None), "column account_id: 1 of 2 rows are empty (row 3). Give every account"),
    ("accounts", put("account_id", "a1"), "column account_id: 2 of 2 rows occur more than once (row 2, 3). Keep one"),
    ("accounts", put("platform", None), "column platform: 1 of 2 rows are empty (row 3). Write the platform"),
    ("accounts", put("active_to", date(2025, 1, 1)), "column active_to: 1 of 2 rows end on or before the day"),
    ("assignments", put("subject_type", "planet"), "column subject_type: 1 of 2 rows are no subject type (row 3)."),
    ("assignments", put("subject_id", None), "column subject_id: 1 of 2 rows are empty (row 3). Write the account"),
    ("assignments", put("person_id", None), "column person_id: 1 of 2 rows are empty (row 3)."),
    ("assignments", put("share", 0.0), "column share: 1 of 2 rows lie outside 0 to 100 (row 3). Write the share"),
    ("assignments", put("share", 100.5), "column share: 1 of 2 rows lie outside 0 to 100 (row 3). Write the share"),
    (
        "assignments",
        repeat,
        "column subject_type + subject_id + person_id + valid_from: 2 of 3 rows occur more than once",
    ),
    ("assignments", put("valid_to", date(2026, 1, 1)), "column valid_to: 1 of 2 rows end on or before the day"),
    ("scheme_buffers", put("mode", "pilot"), "column mode: 1 of 2 rows are no mode (row 3). Write one of shadow"),
    ("scheme_buffers", put("scheme_id", None), "column scheme_id: 1 of 2 rows are empty (row 3). Name the scheme"),
    ("scheme_buffers", put("valid_to", None), "column valid_to: 1 of 2 rows are empty (row 3). Write the first day"),
    ("scheme_buffers", repeat, "2 of 3 rows occur more than once"),
    ("scheme_buffers", put("valid_to", date(2026, 10, 1)), "column valid_to: 1 of 2 rows end on or before the day"),
    ("scheme_assignments", put("scheme_id", None), "column scheme_id: 1 of 2 rows are empty (row 3). Name the scheme"),
    (
        "scheme_assignments",
        put("team_id", None),
        "column team_id + role + valid_from: 2 of 2 rows occur more than once",
    ),
    ("scheme_assignments", put("valid_to", date(2026, 1, 1)), "column valid_to: 1 of 2 rows end on or before the day"),
    ("duty_roster", put("subject_type", "planet"), "column subject_type: 1 of 2 rows are no subject type (row 3)."),
    ("duty_roster", put("person_id", None), "column person_id: 1 of 2 rows are empty (row 3)."),
    ("duty_roster", put("starts_at", None), "column starts_at: 1 of 2 rows are empty (row 3). Write when the shift"),
    ("duty_roster", put("ends_at", None), "column ends_at: 1 of 2 rows are empty (row 3). Write when the shift"),
    ("duty_roster", put("ends_at", datetime(2026, 10, 2, 9)), "column ends_at: 1 of 2 rows end on or before the day"),
    ("targets", put("period", "2026-13"), "column period: 1 of 2 rows are no period (row 3). Write 2026-10, 2026-Q3"),
    ("targets", put("period_type", "week"), "column period_type: 1 of 2 rows are no period type (row 3)."),
    ("targets", put("scope", "planet"), "column scope: 1 of 2 rows are no scope (row 3)."),
    ("targets", put("kpi_id", None), "column kpi_id: 1 of 2 rows are empty (row 3). Name the KPI"),
    ("targets", repeat, "column period + period_type + scope + scope_id + kpi_id: 2 of 3 rows occur more than once"),
    (
        "targets",
        put("is_unagreed", 1),
        "1 of 2 rows are agreed by nobody but who set them (row 3). Have another person",
    ),
    ("publishing_plan", put("month", None), "column month: 1 of 2 rows are empty (row 3). Write the month"),
    ("publishing_plan", put("planned_posts", -1.0), "column planned_posts: 1 of 2 rows are negative (row 3)."),
    ("publishing_plan", repeat, "column month + account_id + person_id: 2 of 3 rows occur more than once (row 3, 3)."),
    ("content_quality_reviews", put("period", "soon"), "column period: 1 of 2 rows are no period (row 3)."),
    ("content_quality_reviews", put("person_id", None), "column person_id: 1 of 2 rows are empty (row 3)."),
    ("content_quality_reviews", put("reviewer_id", None), "column reviewer_id: 1 of 2 rows are empty (row 3)."),
    ("content_quality_reviews", put("score", 101.0), "column score: 1 of 2 rows lie outside 0 to 100 (row 3). Score"),
    ("content_quality_reviews", repeat, "column period + person_id + reviewer_id: 2 of 3 rows occur more than once"),
    ("content_quality_reviews", put("is_self_reviewed", 1), "1 of 2 rows are reviews of oneself (row 3). Have another"),
    ("record_overrides", put("record_id", None), "column record_id: 1 of 2 rows are empty (row 3)."),
    (
        "record_overrides",
        put("approved_by", None),
        "column approved_by: 1 of 2 rows are empty (row 3). An override moves",
    ),
    ("record_overrides", put("share", 0.0), "column share: 1 of 2 rows lie outside 0 to 100 (row 3)."),
    ("record_overrides", repeat, "column record_type + record_id + person_id: 2 of 3 rows occur more than once (row 3"),
    ("record_overrides", put("is_self_approved", 1), "1 of 2 rows are approved by who gains (row 3). Have another"),
    ("adjustments", put("period", "soon"), "column period: 1 of 2 rows are no period (row 3)."),
    ("adjustments", put("person_id", None), "column person_id: 1 of 2 rows are empty (row 3)."),
    ("adjustments", put("amount", None), "column amount: 1 of 2 rows are empty (row 3). Write the amount"),
    (
        "adjustments",
        put("approved_by", None),
        "column approved_by: 1 of 2 rows are empty (row 3). An adjustment is pay",
    ),
    ("adjustments", put("is_self_approved", 1), "1 of 2 rows are approved by who gains (row 3). Have another person"),
    *[
        (name, defect, message)
        for name in ("bonus_point_nominations", "award_approvals", "calibration_decisions", "appeals")
        for defect, message in (
            (put("period", "soon"), "column period: 1 of 2 rows are no period (row 3)."),
            (put("person_id", None), "column person_id: 1 of 2 rows are empty (row 3)."),
            (put("is_self_decided", 1), "1 of 2 rows are decided by who is concerned (row 3). Have another person"),
        )
    ],
    ("bonus_point_nominations", put("points", 0.0), "column points: 1 of 2 rows lie outside 0 to 100 (row 3)."),
    (
        "bonus_point_nominations",
        put("approved_by", None),
        "column approved_by: 1 of 2 rows are empty (row 3). Points are",
    ),
    ("award_approvals", put("award", None), "column award: 1 of 2 rows are empty (row 3). Name the award"),
    ("award_approvals", put("amount", 0.0), "column amount: 1 of 2 rows are not above 0 (row 3)."),
    ("award_approvals", put("approved_by", None), "column approved_by: 1 of 2 rows are empty (row 3). An award is pay"),
    ("award_approvals", repeat, "column period + person_id + award: 2 of 3 rows occur more than once (row 3"),
    ("calibration_decisions", put("seen", -1.0), "column seen: 1 of 2 rows are negative (row 3)."),
    ("calibration_decisions", put("decided", -1.0), "column decided: 1 of 2 rows are negative (row 3)."),
    ("calibration_decisions", put("decided_by", None), "column decided_by: 1 of 2 rows are empty (row 3). A decided"),
    ("calibration_decisions", repeat, "column period + person_id: 2 of 3 rows occur more than once (row 3"),
    ("appeals", put("outcome", "perhaps"), "column outcome: 1 of 2 rows are no outcome (row 3). Write one of open"),
    ("appeals", put("filed_on", None), "column filed_on: 1 of 2 rows are empty (row 3). Write the day"),
    ("appeals", put("filed_on", date(2026, 9, 30)), "column filed_on: 1 of 2 rows are filed before their period"),
    (
        "appeals",
        repeat,
        "column period + person_id + kpi_id + incident + filed_on: 2 of 3 rows occur more than once (row 3",
    ),
    (
        "offline_events",
        put("valid_from", None),
        "column valid_from: 1 of 2 rows are empty (row 3). Write the first day",
    ),
    ("individual_kpis", put("person_id", None), "column person_id: 1 of 2 rows are empty (row 3)."),
    ("individual_kpis", put("valid_from", None), "column valid_from: 1 of 2 rows are empty (row 3). Write the first"),
    ("leave", put("person_id", None), "column person_id: 1 of 2 rows are empty (row 3)."),
    ("individual_kpis", put("kpi_id", None), "column kpi_id: 1 of 2 rows are empty (row 3). Write one of the choices"),
    ("individual_kpis", put("agreed_by", None), "column agreed_by: 1 of 2 rows are empty (row 3). A KPI that pays"),
    ("individual_kpis", repeat, "column person_id + valid_from: 2 of 3 rows occur more than once"),
    ("leave", put("valid_from", None), "column valid_from: 1 of 2 rows are empty (row 3). Write the first day on"),
    ("leave", repeat, "column person_id + valid_from: 2 of 3 rows occur more than once"),
    ("offline_events", put("valid_to", None), "column valid_to: 1 of 2 rows are empty (row 3). Write the day after"),
    ("offline_events", repeat, "column account_id + valid_from: 2 of 3 rows occur more than once"),
    *[
        (name, put(column, None), f"column {column}: 1 of 2 rows are empty (row 3). {mend}")
        for name, column, mend in (
            ("platform_events", "happened_from", "Write the first day"),
            ("platform_events", "source", "An event may move targets: write what shows it"),
            ("platform_events", "logged_by", "An event may move targets: name who"),
            ("peers", "platform", "Name the platform"),
            ("peers", "peer_id", "Write the handle"),
            ("peers", "registered_on", "Write the day of registration"),
            ("peers", "registered_by", "A peer may move targets"),
            ("peer_readings", "month", "Write the month"),
            ("peer_readings", "peer_id", "Name a peer"),
            ("peer_readings", "kpi_id", "Name the KPI"),
            ("peer_readings", "value", "Write the value, or leave the row out"),
            ("peer_readings", "source", "A reading may move targets"),
        )
    ],
    ("platform_events", put("kind", "weather"), "column kind: 1 of 2 rows are no kind of event (row 3). Write one of"),
    ("platform_events", put("happened_to", date(2026, 10, 5)), "column happened_to: 1 of 2 rows end on or before"),
    ("platform_events", repeat, "column platform + happened_from + kind + kpis: 2 of 3 rows occur more than once"),
    ("peers", repeat, "column platform + peer_id + team_id: 2 of 3 rows occur more than once"),
    ("peer_readings", repeat, "column month + platform + peer_id + kpi_id: 2 of 3 rows occur more than once"),
    ("excluded_handles", put("handle", None), "column handle: 1 of 2 rows are empty (row 3). Write the handle"),
    ("excluded_handles", put("reason", "rival"), "column reason: 1 of 2 rows are no reason (row 3). Write staff"),
    ("excluded_handles", repeat, "column handle: 2 of 3 rows occur more than once"),
    ("oa_articles", put("n_keys", 2), "repeat articles inside one file (row 2). Export totals since publication"),
    ("oa_articles", put("n_negative", 1), "have negative counts (row 2)."),
    ("oa_articles", put_all("n_zero", 3), "have all measures of zero in every row (row 0, 1, 2)."),
    ("oa_user_days", put("n_keys", 2), "repeat a day inside one file (row 2). Export the total of all channels"),
    ("oa_user_days", put("n_negative", 1), "have negative users (row 2)."),
    ("oa_user_days", put_all("n_zero", 3), "have all measures of zero in every row (row 0, 1, 2)."),
    ("content_items", put("n_keys", 2), "repeat content items inside one file (row 2). Keep one row an item"),
    ("publishing_posts", put("n_keys", 2), "repeat posts inside one file (row 2). Export again; one report"),
    ("publishing_posts", put("n_negative", 1), "have negative counts (row 2)."),
    ("publishing_posts", put_all("n_zero", 3), "have all measures of zero in every row (row 0, 1, 2)."),
    ("mentions", put("n_keys", 2), "repeat articles inside one file (row 2). Nothing to do"),
    ("hashtag_posts", put("n_keys", 2), "repeat posts inside one file (row 2). Nothing to do"),
    ("ugc_items", put("n_keys", 2), "repeat items inside one file (row 2). Keep one row"),
    ("follower_snapshots", put("n_keys", 2), "repeat followers inside one file (row 2). Take one snapshot"),
    (
        "activity_log",
        put("done_on", None),
        "column done_on: 1 of 2 rows are empty (row 3). Write the day of the action",
    ),
    ("activity_log", put("person_id", None), "column person_id: 1 of 2 rows are empty (row 3)."),
    ("activity_log", put("kind", "sleeping"), "column kind: 1 of 2 rows are no kind of action (row 3). Write one of"),
    ("activity_log", repeat, "column done_on + person_id + kind + what: 2 of 3 rows occur more than once"),
    ("preferences", put("person_id", None), "column person_id: 1 of 2 rows are empty (row 3)."),
    ("preferences", put("wish", "the moon"), "column wish: 1 of 2 rows are no kind of wish (row 3). Write one of"),
    ("preferences", put("valid_to", date(2020, 1, 1)), "column valid_to: 1 of 2 rows end on or before the day they"),
    ("preferences", repeat, "column person_id + wish + valid_from: 2 of 3 rows occur more than once"),
    ("member_incentives", repeat, "column incentive_id: 2 of 3 rows occur more than once"),
    ("member_incentives", put("mechanism", "fear"), "column mechanism: 1 of 2 rows are no mechanism (row 3)."),
    ("member_incentives", put("scope", "planet"), "column scope: 1 of 2 rows are no scope of incentives (row 3)."),
    ("member_incentives", put("valid_from", None), "column valid_from: 1 of 2 rows are empty (row 3). Write the first"),
    ("member_incentives", put("valid_to", date(2026, 10, 1)), "column valid_to: 1 of 2 rows end on or before"),
    ("member_incentives", put("cost", -1.0), "column cost: 1 of 2 rows are negative (row 3). Write what was spent"),
    ("scheme_approvals", put("approved_by", None), "column approved_by: 1 of 2 rows are empty (row 3). Name who"),
    ("scheme_approvals", put("approved_on", None), "column approved_on: 1 of 2 rows are empty (row 3). Write the day"),
    ("scheme_approvals", repeat, "column scheme_id + version + team_id: 2 of 3 rows occur more than once"),
    ("follower_snapshots", put("n_negative", 1), "have negative counts of a profile"),
    ("costs", put("month", None), "column month: 1 of 2 rows are empty (row 3). Write the month"),
    ("costs", put("scope", "planet"), "column scope: 1 of 2 rows are no scope of costs (row 3)."),
    ("costs", put("scope_id", None), "column scope_id: 1 of 2 rows are empty (row 3). Name the team"),
    ("costs", put("kind", "beer"), "column kind: 1 of 2 rows are no kind of cost (row 3)."),
    ("costs", put("amount", -1.0), "column amount: 1 of 2 rows are negative (row 3). Write what was spent"),
    ("costs", put("approved_by", None), "column approved_by: 1 of 2 rows are empty (row 3). A cost moves pay"),
    ("costs", repeat, "column month + scope + scope_id + kind: 2 of 3 rows occur more than once (row 3, 3)."),
    ("finance", put("period", "soon"), "column period: 1 of 2 rows are no period (row 3)."),
    ("finance", put("kind", "loss"), "column kind: 1 of 2 rows are no kind of figure (row 3). Write one of profit"),
    ("finance", put("scope", "planet"), "column scope: 1 of 2 rows are no scope of figures (row 3)."),
    ("finance", put("amount", None), "column amount: 1 of 2 rows are empty (row 3). Write the amount"),
    ("finance", put("approved_by", None), "column approved_by: 1 of 2 rows are empty (row 3). A share is paid by"),
    ("finance", repeat, "column period + kind + scope_id + channel: 2 of 3 rows occur more than once (row 3, 3)."),
]

# what every review file is held to alike
DEFECTS += [(name, repeat, "2 of 3 rows occur") for name in REVIEWS]
DEFECTS += [
    (name, put("period", "soon"), "column period: 1 of 2 rows are no period (row 3).")
    for name, (rows, _) in REVIEWS.items()
    if "period" in rows[0] or "period" in REVIEWS[name][1]
]
DEFECTS += [
    (name, put("person_id", None), "column person_id: 1 of 2 rows are empty (row 3).")
    for name in REVIEWS
    if name not in ("brand_survey", "influence_scores", "sentiment_labels", "label_audit")
]
DEFECTS += [
    (name, put(column, "chess"), f"column {column}: 1 of 2 rows are none of the words (row 3). Write one of")
    for name, column in (
        ("ratings_360", "rater_group"),
        ("ratings_360", "item"),
        ("ratings_bars", "item"),
        ("skill_ratings", "skill"),
        ("proposals", "decision"),
        ("okr", "unit"),
        ("sentiment_labels", "label"),
        ("label_audit", "label"),
        ("label_audit", "found"),
    )
]
DEFECTS += [
    (name, put(column, value), f"column {column}: 1 of 2 rows {problem} (row 3).")
    for name, column, value, problem in (
        ("ratings_360", "score", 6.0, "lie outside 1 to 5"),
        ("ratings_bars", "level", 0, "lie outside 1 to 5"),
        ("skill_ratings", "level", 6, "lie outside 1 to 5"),
        *((name, "score", 101.0, "lie outside 0 to 100") for name in SCORED),
        ("influence_scores", "score", -1.0, "are negative"),
        ("okr", "weight", 0.0, "are not positive"),
        ("certifications", "due_on", None, "are empty"),
        ("sentiment_labels", "reviewer_id", None, "are empty"),
        ("sentiment_labels", "labelled_on", None, "are empty"),
        ("label_audit", "reviewer_id", None, "are empty"),
        ("label_audit", "judged_on", None, "are empty"),
    )
]

DEFECTS += [
    ("comments", put("n_keys", 2), "repeat comments inside one file (row 2). Keep one row a comment"),
    *(
        (comments.LABELS, defect, message)
        for defect, message in (
            (put("content_id", None), "column content_id: 1 of 2 rows are empty (row 1)."),
            (put("language", "fr"), "column language: 1 of 2 rows are no language (row 1)."),
            (put_all("language", "en"), "column content_id + language: 2 of 2 rows occur more than once"),
            (put("n_rows", 0), "column n_rows: 1 of 2 rows count no row at all (row 1)."),
            (put("n_texts", 2), "column n_rows: 1 of 2 rows count more texts than rows (row 1)."),
            (put("n_odd", 1), "column n_odd: 1 of 2 rows have labels without a language"),
            (put_all("lowest", -1.5), "column lowest: 2 of 2 rows have scores below -1"),
            (put_all("highest", 1.5), "column highest: 2 of 2 rows have scores above 1"),
            (put_all("highest", -0.9), "column highest: 1 of 2 rows have a highest score below the lowest"),
        )
    ),
]

# Which expectations some defect above has made fail: (suite, place in the suite).
SEEN_TO_FAIL: set[tuple[str, str, str]] = set()


def identity(suite: str, outcome: Outcome) -> tuple[str, str, str]:
    return suite, outcome.column, outcome.message.split(" rows ", 1)[-1].split(" (row", 1)[0]


@pytest.mark.parametrize("name", runner.suites())
def test_a_sound_frame_passes(name: str) -> None:
    result = runner.run_suite(name, sound(name))
    assert result.failures == ()
    assert (result.passed, result.severity, result.n_rows) == (True, None, len(sound(name)))
    assert result.evaluated >= 3


@pytest.mark.parametrize(("name", "defect", "message"), DEFECTS)
def test_a_defect_is_told(name: str, defect: Callable[[pd.DataFrame], pd.DataFrame], message: str) -> None:
    result = runner.run_suite(name, defect(sound(name)))
    told = [failure.message for failure in result.failures]
    assert any(message in one for one in told), told
    SEEN_TO_FAIL.update(identity(name, failure) for failure in result.failures)


def test_every_expectation_has_been_seen_to_fail() -> None:
    """Runs after the defects, in the order of this file."""
    unseen = [
        f"{suite.name}: {rule.column} {rule.problem}"
        for suite in runner.all_suites()
        for rule in suite.rules
        if (suite.name, rule.column, rule.problem) not in SEEN_TO_FAIL
        and not (suite.name in runner.landing_suites() and rule in PROFILE_RULES and suite.name != "leads")
    ]
    assert unseen == []


def test_every_source_has_the_rules_of_profiles() -> None:
    found = {suite.name: suite.rules[: len(PROFILE_RULES)] for suite in runner.all_suites()}
    assert [name for name in runner.landing_suites() if found[name] != PROFILE_RULES] == []


def test_severities() -> None:
    warned = runner.run_suite("x_posts_monthly", put("n_keys", 2)(profile("x_posts_monthly")))
    assert (warned.passed, warned.severity) == (False, "warning")
    both = runner.run_suite("x_posts_monthly", put("n_null_keys", 1)(put("n_keys", 2)(profile("x_posts_monthly"))))
    assert (both.passed, both.severity) == (False, "critical")


def test_a_missing_column_is_named_and_nothing_else_is_checked() -> None:
    result = runner.run_suite("leads", profile("leads").drop(columns="n_keys"))
    assert [failure.message for failure in result.failures] == [
        "column n_keys: is missing from the frame. Report it: the rooms disagree about this table's columns"
    ]
    assert result.severity == "critical"


def test_nothing_delivered_passes_without_being_evaluated() -> None:
    result = runner.run_suite("leads", profile("leads").head(0))
    assert (result.passed, result.evaluated, result.n_rows) == (True, 0, 0)


def test_an_unknown_suite_is_refused() -> None:
    with pytest.raises(KeyError, match="horoscope"):
        runner.run_suite("horoscope", pd.DataFrame())


def test_messages_show_no_cell_values_and_few_rows() -> None:
    frame = pd.concat([human_frame("people")] * 30, ignore_index=True).assign(person_id="Zhang San")
    result = runner.run_suite("people", frame)
    (failure,) = result.failures
    assert failure.count == 60
    assert len(failure.rows) == runner.SHOWN_ROWS
    assert failure.message.endswith("18, 19, ...). Keep one row a person; a return after leaving is a new id")
    assert "Zhang San" not in repr(result)


def test_human_frames_of_a_company_match_their_suites() -> None:
    assert {suite.name for suite in human.SUITES} == set(runner.human_suites())
