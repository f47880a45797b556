"""The company.* tables of the warehouse, as Arrow tables.

Belongs here: the company's rows as SQL needs them: pseudonymous ids, half-open windows without NULL ends where the
contract says so, UTC instants, shares from 0 to 1. Does not belong here: names and e-mail addresses, which never leave
`company`; writing files (`landing`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from pipelines.company import finance, gaming_frames, review_frames
from pipelines.company.incentives import counted_costs
from pipelines.company.keys import Pseudonymiser
from pipelines.company.model import Company
from pipelines.company.settings import utm_pair
from pipelines.periods import OPEN_END

_SHARE = pa.decimal128(9, 6)
_FACTOR = pa.decimal128(9, 4)
_TEXT = pa.string()
_DAY = pa.date32()

#: The days of company.calendar: from before the first social platform to well after the notices.
CALENDAR_START = date(2009, 1, 1)
CALENDAR_END = date(2031, 1, 1)

SCHEMAS: dict[str, pa.Schema] = {
    "people": pa.schema([("person_id", _TEXT), ("hired_on", _DAY), ("left_on", _DAY)]),
    "segments": pa.schema(
        [
            ("person_id", _TEXT),
            ("segment_id", _TEXT),
            ("valid_from", _DAY),
            ("valid_to", _DAY),
            ("role", _TEXT),
            ("level", _TEXT),
            ("team_id", _TEXT),
            ("scheme_id", _TEXT),
        ]
    ),
    "identity_map": pa.schema(
        [("system", _TEXT), ("external_key", _TEXT), ("person_id", _TEXT), ("valid_from", _DAY), ("valid_to", _DAY)]
    ),
    "accounts": pa.schema(
        [
            ("account_id", _TEXT),
            ("platform", _TEXT),
            ("team_id", _TEXT),
            ("timezone", _TEXT),
            ("currency", _TEXT),
            ("active_from", _DAY),
            ("active_to", _DAY),
        ]
    ),
    "assignments": pa.schema(
        [
            ("subject_type", _TEXT),
            ("subject_id", _TEXT),
            ("person_id", _TEXT),
            ("share", _SHARE),
            ("valid_from", _DAY),
            ("valid_to", _DAY),
        ]
    ),
    "duty_roster": pa.schema(
        [
            ("subject_type", _TEXT),
            ("subject_id", _TEXT),
            ("person_id", _TEXT),
            ("starts_at", pa.timestamp("us")),
            ("ends_at", pa.timestamp("us")),
        ]
    ),
    "overrides": pa.schema([("record_type", _TEXT), ("record_id", _TEXT), ("person_id", _TEXT), ("share", _SHARE)]),
    "publishing_plan": pa.schema(
        [("month", _DAY), ("account_id", _TEXT), ("person_id", _TEXT), ("planned_posts", pa.decimal128(18, 2))]
    ),
    "calendar": pa.schema([("day", _DAY), ("is_working", pa.bool_())]),
    "settings": pa.schema(
        [
            ("timezone", _TEXT),
            ("currency", _TEXT),
            ("bookmark_weight", _FACTOR),
            ("measure_age_days", pa.int32()),
            ("business_start", pa.time64("us")),
            ("business_end", pa.time64("us")),
            ("sla_first_reply_minutes", pa.int32()),
            ("viral_z", _FACTOR),
            ("viral_min_posts", pa.int32()),
            ("viral_baseline_days", pa.int32()),
            ("original_min_coverage", _FACTOR),
            ("n_formats", pa.int32()),
            ("volume_change_factor", _FACTOR),
            ("max_unassigned_share", _FACTOR),
            ("content_weight_article", _FACTOR),
            ("content_weight_video", _FACTOR),
            ("content_weight_event", _FACTOR),
            ("content_weight_post", _FACTOR),
            ("customer_active_days", pa.int32()),
            ("high_value_days", pa.int32()),
            ("high_value_amount", pa.decimal128(18, 4)),
            ("loyalty_days", pa.int32()),
            ("value_weight_active", _FACTOR),
            ("value_weight_high_value", _FACTOR),
            ("value_weight_referral", _FACTOR),
            ("ad_spend_channel", _TEXT),
            ("touch_window_social_days", pa.int32()),
            ("touch_window_crm_days", pa.int32()),
            ("lead_conversion_days", pa.int32()),
            ("web_settle_days", pa.int32()),
            ("ad_settle_days", pa.int32()),
            ("csat_scale_min", pa.int32()),
            ("csat_scale_max", pa.int32()),
            ("event_order_days", pa.int32()),
            ("crisis_response_minutes_high", pa.int32()),
            ("crisis_response_minutes_medium", pa.int32()),
            ("crisis_response_minutes_low", pa.int32()),
            ("crisis_resolve_minutes_high", pa.int32()),
            ("crisis_resolve_minutes_medium", pa.int32()),
            ("crisis_resolve_minutes_low", pa.int32()),
            ("min_raters_360", pa.int32()),
            ("sentiment_min_accuracy", _FACTOR),
            ("sentiment_min_labelled_share", _FACTOR),
            ("sentiment_min_labels", pa.int32()),
            ("quality_bar", _FACTOR),
            ("min_identity_coverage", _FACTOR),
            ("label_audit_records", pa.int32()),
            ("follower_audit_records", pa.int32()),
            ("follower_audit_points", _FACTOR),
            ("reconciliation_tolerance", _FACTOR),
            ("scale_change_factor", _FACTOR),
            ("burst_hold", _TEXT),
            ("gaming_group_min_members", pa.int32()),
            ("gaming_group_min_days", pa.int32()),
            ("gaming_group_min_speaking", _FACTOR),
            ("gaming_group_max_leaving", _FACTOR),
            ("gaming_contact_min_chats", pa.int32()),
            ("gaming_contact_max_blocked", _FACTOR),
            ("gaming_contact_max_messages", pa.int32()),
            ("gaming_contact_days", pa.int32()),
            ("gaming_staff_orders", pa.int32()),
            ("gaming_loop_days", pa.int32()),
            ("gaming_loop_orders", pa.int32()),
            ("gaming_repeat_days", pa.int32()),
            ("gaming_repeat_posts", pa.int32()),
            ("gaming_filler_min_messages", pa.int32()),
            ("gaming_filler_max_share", _FACTOR),
            ("gaming_giveaway_min_joined", pa.int32()),
            ("gaming_giveaway_max_lost", _FACTOR),
        ]
    ),
    "utm_sources": pa.schema([("utm_source", _TEXT)]),
    "ticket_activities": pa.schema([("activity", _TEXT), ("meaning", _TEXT)]),
    "deal_stages": pa.schema([("stage", _TEXT), ("meaning", _TEXT)]),
    "deal_orders": pa.schema([("system", _TEXT), ("account_id", _TEXT)]),
    "expected_sources": pa.schema(
        [
            ("family", _TEXT),
            ("account_id", _TEXT),
            ("cadence", _TEXT),
            ("max_silence_days", pa.int32()),
            ("active_from", _DAY),
            ("active_to", _DAY),
        ]
    ),
    "communities": pa.schema(
        [
            ("community_id", _TEXT),
            ("community_type", _TEXT),
            ("stage", _TEXT),
            ("target_population", pa.int64()),
            ("valid_from", _DAY),
            ("valid_to", _DAY),
        ]
    ),
    "community_groups": pa.schema(
        [("group_id", _TEXT), ("community_id", _TEXT), ("valid_from", _DAY), ("valid_to", _DAY)]
    ),
    "offline_events": pa.schema([("account_id", _TEXT), ("valid_from", _DAY), ("valid_to", _DAY)]),
    "platform_events": pa.schema(
        [
            ("platform", _TEXT),
            ("kind", _TEXT),
            ("kpi_id", _TEXT),
            ("valid_from", _DAY),
            ("valid_to", _DAY),
        ]
    ),
    "excluded_authors": pa.schema([("author_key", _TEXT)]),
    "order_words": pa.schema([("word", _TEXT), ("meaning", _TEXT)]),
    "costs": pa.schema(
        [
            ("month", _DAY),
            ("scope", _TEXT),
            ("scope_id", _TEXT),
            ("kind", _TEXT),
            ("incentive_id", _TEXT),
            ("amount", pa.decimal128(18, 2)),
            ("_content_id", _TEXT),
            ("_row_no", pa.int32()),
        ]
    ),
    "utm_channels": pa.schema(
        [("utm_source", _TEXT), ("utm_medium", _TEXT), ("channel", _TEXT), ("precedence", pa.int32())]
    ),
    "channels": pa.schema(
        [("channel", _TEXT), ("is_online", pa.bool_()), ("is_social", pa.bool_()), ("is_paid", pa.bool_())]
    ),
    "lead_words": pa.schema([("meaning", _TEXT), ("word", _TEXT)]),
    **finance.SCHEMAS,
    **gaming_frames.SCHEMAS,
    **review_frames.SCHEMAS,
}

#: The system of handles on X that are nobody's login: landing hashes the authors of found posts with it.
_X_HANDLES = "x_handle"


def word_form(word: str) -> str:
    """Return the form in which activities, stages and UTM sources are compared: casefolded, single spaces."""
    return " ".join(unicodedata.normalize("NFC", word).casefold().split())


def company_tables(company: Company, pseudonymiser: Pseudonymiser) -> dict[str, pa.Table]:
    """Return the company.* tables.

    Ends of windows are 9999-12-31 when open, except people.left_on, which is NULL. Optional ids are empty text, not
    NULL, except publishing_plan, where NULL says which of the two ids the row is about.

    Args:
        company: the company.
        pseudonymiser: turns person ids and the ids of other systems into keyed hashes.

    Returns:
        One table a name of `SCHEMAS`; its rows are in the order of their values, so that the order of the human
        files' rows does not matter.
    """
    return {name: _table(_BUILDERS[name](company, pseudonymiser), schema) for name, schema in SCHEMAS.items()}


Rows = Iterable[tuple[Any, ...]]


def _table(rows: Rows, schema: pa.Schema) -> pa.Table:
    # None and values do not compare: sort by (is it there, value) of every cell
    ordered = sorted(
        set(rows), key=lambda row: tuple((cell is not None, cell if cell is not None else 0) for cell in row)
    )
    columns = list(zip(*ordered, strict=True)) if ordered else [()] * len(schema)
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _people(company: Company, keys: Pseudonymiser) -> Rows:
    return ((keys.person(row.person_id), row.hired_on, row.left_on) for row in company.people)


def _segments(company: Company, keys: Pseudonymiser) -> Rows:
    return (
        (
            keys.person(row.person_id),
            row.segment_id,
            row.valid_from,
            row.valid_to or OPEN_END,
            row.role,
            row.level,
            row.team_id,
            row.scheme_id,
        )
        for row in company.segments()
    )


def _identity_map(company: Company, keys: Pseudonymiser) -> Rows:
    return (
        (row.system, keys.actor(row.system, row.external_id), keys.person(row.person_id), *row.window)
        for row in company.identities
    )


def _accounts(company: Company, _keys: Pseudonymiser) -> Rows:
    return (
        (
            row.account_id,
            row.platform,
            row.team_id,
            row.timezone or company.timezone,
            row.currency or company.currency,
            *row.window,
        )
        for row in company.accounts
    )


def _assignments(company: Company, keys: Pseudonymiser) -> Rows:
    return (
        (row.subject_type, row.subject_id, keys.person(row.person_id), _fraction(row.share), *row.window)
        for row in company.assignments
    )


def _duty_roster(company: Company, keys: Pseudonymiser) -> Rows:
    zone = ZoneInfo(company.timezone)
    return (
        (
            row.subject_type,
            row.subject_id,
            keys.person(row.person_id),
            _utc(row.starts_at, zone),
            _utc(row.ends_at, zone),
        )
        for row in company.duty_roster
    )


def _overrides(company: Company, keys: Pseudonymiser) -> Rows:
    return (
        (row.record_type, row.record_id, keys.person(row.person_id), _fraction(row.share))
        for row in company.record_overrides
    )


def _publishing_plan(company: Company, keys: Pseudonymiser) -> Rows:
    return (
        (
            row.month.start,
            row.account_id or None,
            keys.person(row.person_id) if row.person_id else None,
            row.planned_posts.quantize(Decimal("0.01")),
        )
        for row in company.publishing_plan
    )


def _calendar(company: Company, _keys: Pseudonymiser) -> Rows:
    days = (CALENDAR_START + timedelta(days=offset) for offset in range((CALENDAR_END - CALENDAR_START).days))
    return ((day, company.calendar.is_working(day)) for day in days)


def _settings(company: Company, _keys: Pseudonymiser) -> Rows:
    settings = company.settings
    values: dict[str, Any] = {
        **settings.model_dump(),
        "timezone": company.timezone,
        "currency": company.currency,
        "n_formats": len(settings.content_formats),
    }
    return [tuple(_factor(values[name]) for name in SCHEMAS["settings"].names)]


def _utm_sources(company: Company, _keys: Pseudonymiser) -> Rows:
    return ((word_form(source),) for source in company.settings.x_utm_sources)


def _ticket_activities(company: Company, _keys: Pseudonymiser) -> Rows:
    meanings = company.ticket_activities.model_dump()
    return ((word_form(word), meaning) for meaning, words in meanings.items() for word in words)


def _deal_stages(company: Company, _keys: Pseudonymiser) -> Rows:
    meanings = company.deal_stages.model_dump()
    return ((word_form(word), meaning) for meaning, words in meanings.items() for word in words)


def _deal_orders(company: Company, _keys: Pseudonymiser) -> Rows:
    return ((system, account) for system, account in company.file.deal_orders.model_dump().items() if account)


def _expected_sources(company: Company, _keys: Pseudonymiser) -> Rows:
    return (
        (
            row.family,
            row.account_id,
            row.cadence,
            row.max_silence_days,
            row.active_from,
            row.active_to or OPEN_END,
        )
        for row in company.expected_sources
    )


def _communities(company: Company, _keys: Pseudonymiser) -> Rows:
    return (
        (
            row.community_id,
            row.type,
            row.stage,
            None if row.target_population is None else int(row.target_population),
            *row.window,
        )
        for row in company.communities
    )


def _community_groups(company: Company, _keys: Pseudonymiser) -> Rows:
    return ((row.group_id, row.community_id, *row.window) for row in company.community_groups)


def _offline_events(company: Company, _keys: Pseudonymiser) -> Rows:
    return ((row.account_id, row.valid_from, row.valid_to) for row in company.offline_events)


def _platform_events(company: Company, _keys: Pseudonymiser) -> Rows:
    return (
        (event.platform, event.kind, kpi_id, event.happened_from, event.happened_to)
        for event in company.platform_events
        for kpi_id in event.kpi_ids or ("",)
    )


def _excluded_authors(company: Company, keys: Pseudonymiser) -> Rows:
    """Own accounts, and whom the company knows as staff or spam; with and without the @ that some exports write."""
    handles = {row.handle for row in company.excluded_handles}
    handles |= {row.handle for row in company.accounts if row.platform == "x" and row.handle}
    bare = {handle.strip().removeprefix("@") for handle in handles}
    return ((keys.actor(_X_HANDLES, f"{sign}{handle}"),) for handle in bare for sign in ("", "@"))


def _order_words(company: Company, _keys: Pseudonymiser) -> Rows:
    meanings = company.order_words.model_dump()
    return ((word_form(word), meaning) for meaning, words in meanings.items() for word in words)


def _costs(company: Company, _keys: Pseudonymiser) -> Rows:
    """The costs as they are stated, and those of incentives by month; no cost stands in both files."""
    for row in company.costs:
        amount = row.amount.quantize(Decimal("0.01"))
        yield row.month.start, row.scope, row.scope_id, row.kind, "", amount, row.source_file, row.source_row
    for given, month, amount in counted_costs(company.member_incentives):
        origin = (given.source_file, given.source_row)
        yield month.start, given.scope, given.scope_id, "member_incentive", given.incentive_id, amount, *origin


def _utm_channels(company: Company, _keys: Pseudonymiser) -> Rows:
    for channel, pairs in company.settings.utm_channels.items():
        for pair in pairs:
            source, medium = utm_pair(pair)
            yield source, medium, word_form(channel), 1 + (medium == "*") + 2 * (source == "*")


def _channels(company: Company, _keys: Pseudonymiser) -> Rows:
    settings = company.settings
    online, social, paid = (
        {word_form(channel) for channel in listed}
        for listed in (settings.online_channels, settings.social_channels, settings.paid_channels)
    )
    named = {word_form(channel) for channel in (*settings.utm_channels, settings.ad_spend_channel)}
    return (
        (channel, channel in online, channel in social, channel in paid) for channel in named | online | social | paid
    )


def _lead_words(company: Company, _keys: Pseudonymiser) -> Rows:
    settings = company.settings
    yield from (("qualified", word_form(status)) for status in settings.qualified_lead_statuses)
    yield from (("required", field) for field in settings.lead_required_fields)


_BUILDERS: dict[str, Callable[[Company, Pseudonymiser], Rows]] = {
    "people": _people,
    "segments": _segments,
    "identity_map": _identity_map,
    "accounts": _accounts,
    "assignments": _assignments,
    "duty_roster": _duty_roster,
    "overrides": _overrides,
    "publishing_plan": _publishing_plan,
    "calendar": _calendar,
    "settings": _settings,
    "utm_sources": _utm_sources,
    "ticket_activities": _ticket_activities,
    "deal_stages": _deal_stages,
    "deal_orders": _deal_orders,
    "expected_sources": _expected_sources,
    "communities": _communities,
    "community_groups": _community_groups,
    "offline_events": _offline_events,
    "platform_events": _platform_events,
    "excluded_authors": _excluded_authors,
    "order_words": _order_words,
    "costs": _costs,
    "utm_channels": _utm_channels,
    "channels": _channels,
    "lead_words": _lead_words,
    **finance.BUILDERS,
    **gaming_frames.BUILDERS,
    **review_frames.BUILDERS,
}


def _fraction(share: Decimal) -> Decimal:
    """Return a share in percent as a fraction of 1, exactly: shares have at most four digits."""
    return (share / 100).quantize(Decimal("0.000001"))


def _factor(value: str | int | Decimal | time) -> str | int | Decimal | time:
    return value.quantize(Decimal("0.0001")) if isinstance(value, Decimal) else value


def _utc(local: datetime, zone: ZoneInfo) -> datetime:
    """Return a local time as a UTC instant without a zone; of an hour that comes twice, the first."""
    return local.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
