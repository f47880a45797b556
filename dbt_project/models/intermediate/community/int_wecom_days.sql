-- Figures of early in the morning are zeros (sources.md, incident 6): zeros are no version of a day for which an export
-- of the same time or later has values. Zeros over earlier values stay a contradiction.
with user_days as (
    select
        *,
        coalesce(chat_cnt, 0) + coalesce(message_cnt, 0) + coalesce(negative_feedback_cnt, 0)
        + coalesce(new_contact_cnt, 0) = 0 as is_zero
    from {{ ref('stg_wecom_user_days') }}
),

timed as (
    select
        *,
        max(case when not is_zero then coalesce(_exported_at, timestamp '9999-12-31 00:00:00') end)
            over (partition by user_key, day) as values_at
    from user_days
),

settled_users as (
    select *
    from timed
    -- zeros of an unknown time are later than nothing
    where not is_zero or values_at is null or values_at < _exported_at
),

users as (
    select * from {{ chosen_versions(
        'settled_users',
        key=['user_key', 'day'],
        values=['chat_cnt', 'message_cnt', 'avg_reply_minutes', 'negative_feedback_cnt', 'new_contact_cnt'],
        measures=['chat_cnt', 'message_cnt', 'negative_feedback_cnt', 'new_contact_cnt']
    ) }}
),

owners as (
    select * from {{ chosen_versions(
        ref('stg_wecom_owner_days'),
        key=['owner_key', 'day'],
        values=['chat_total', 'member_total', 'member_has_msg', 'msg_total'],
        measures=['member_total', 'member_has_msg', 'msg_total']
    ) }}
),

days as (
    select
        'wecom_user_day' as record_type,
        user_key as actor_key,
        day,
        chat_cnt,
        message_cnt,
        avg_reply_minutes,
        negative_feedback_cnt,
        new_contact_cnt,
        cast(null as bigint) as member_total,
        cast(null as bigint) as member_has_msg,
        n_versions,
        has_conflict,
        _content_id,
        _row_no
    from users

    union all

    select
        'wecom_owner_day',
        owner_key,
        day,
        null,
        null,
        null,
        null,
        null,
        member_total,
        member_has_msg,
        n_versions,
        has_conflict,
        _content_id,
        _row_no
    from owners
),

dated as (
    select
        *,
        {{ month_of('day') }} as month
    from days
)

select
    record_type,
    actor_key || '|' || cast(day as varchar) as record_id,
    actor_key,
    day,
    month,
    chat_cnt,
    message_cnt,
    avg_reply_minutes,
    negative_feedback_cnt,
    new_contact_cnt,
    member_total,
    member_has_msg,
    -- cumulative figures count once a month: on the last day of it that is told
    day = max(day) over (partition by record_type, actor_key, month) as is_last_day,
    n_versions,
    has_conflict,
    _content_id,
    _row_no
from dated
where {{ in_run_months('month') }}
