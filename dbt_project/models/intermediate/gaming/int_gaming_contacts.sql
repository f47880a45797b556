{{ config(materialized='ephemeral') }}

-- Contacts who delete or block a member of staff, and days with more messages to each contact than anybody reads. Both
-- need many contacts: five annoyed people are no measure, and a long talk with three of them no flood.
with days as (
    select month, record_id, actor_key, day, chat_cnt, message_cnt, negative_feedback_cnt, _content_id, _row_no
    from {{ ref('int_wecom_days') }}
    where record_type = 'wecom_user_day' and chat_cnt > 0 and not has_conflict
),

blocked as (
    select
        month,
        actor_key,
        sum(negative_feedback_cnt) as n,
        sum(chat_cnt) as n_chats,
        {{ wilson_bound('sum(negative_feedback_cnt)', 'sum(chat_cnt)', '-') }} as at_least,
        -- of all the others: one who is blocked all the time must not raise what is usual
        (sum(sum(negative_feedback_cnt)) over (partition by month) - sum(negative_feedback_cnt))
        / nullif(cast(sum(sum(chat_cnt)) over (partition by month) - sum(chat_cnt) as double), 0) as expected,
        count(*) over (partition by month) as n_actors,
        min(day) as first_day,
        max(day) as last_day
    from days
    where negative_feedback_cnt is not null
    group by month, actor_key
),

flooded as (
    select
        month,
        actor_key,
        record_id,
        day,
        message_cnt / cast(chat_cnt as double) as value,
        median(message_cnt / cast(chat_cnt as double)) over (partition by month) as expected
    from days
    where message_cnt is not null and chat_cnt >= 5
),

floods as (
    select
        month,
        actor_key,
        max(value) as value,
        max(expected) as expected,
        count(*) as n,
        min(day) as first_day,
        max(day) as last_day
    from flooded
    where value > {{ setting('gaming_contact_max_messages') }}
    group by month, actor_key
),

incidents as (
    select
        month,
        actor_key,
        'blocked_by_contacts' as rule_id,
        n / cast(n_chats as double) as value,
        {{ setting('gaming_contact_max_blocked') }} as threshold,
        coalesce(expected, 0) as expected,
        cast(n as bigint) as n,
        first_day,
        last_day
    from blocked
    where
        n_chats >= {{ setting('gaming_contact_min_chats') }}
        and at_least > {{ setting('gaming_contact_max_blocked') }}
        -- when everybody is blocked so often it is not this person
        and (n_actors < 5 or n / cast(n_chats as double) > expected * 2)

    union all

    select
        month,
        actor_key,
        'message_flood',
        value,
        {{ setting('gaming_contact_max_messages') }},
        expected,
        n,
        first_day,
        last_day
    from floods
    where n >= {{ setting('gaming_contact_days') }}
)

select
    incidents.month,
    incidents.rule_id,
    {{ incident_id('incidents.rule_id', 'incidents.month', 'incidents.actor_key') }} as incident_id,
    credit.person_id,
    credit.weight,
    'wecom' as subject_type,
    incidents.actor_key as subject_id,
    case incidents.rule_id
        when 'blocked_by_contacts' then 'negative_feedback_rate' else 'messages_per_chat'
    end as kpi_scope,
    incidents.value,
    incidents.threshold,
    incidents.expected,
    incidents.n,
    incidents.first_day,
    incidents.last_day,
    'wecom_user_day' as record_type,
    days.record_id,
    days._content_id,
    days._row_no
from incidents
inner join days
    on
        incidents.month = days.month
        and incidents.actor_key = days.actor_key
        and case incidents.rule_id
            when 'blocked_by_contacts' then days.negative_feedback_cnt > 0
            else days.chat_cnt >= 5 and days.message_cnt / cast(days.chat_cnt as double) > incidents.threshold
        end
inner join {{ ref('int_credit_community') }} as credit
    on days.record_id = credit.record_id and credit.record_type = 'wecom_user_day'
