{{ config(materialized='ephemeral') }}

-- Groups whose members mostly write what the platform does not take for a valid message: a single word, a sign, the
-- same again. Counts tell how many, never what; a platform that does not judge messages leaves the group unjudged. The
-- median over the days stands for the month, so that the greetings of one festival make no filler group.
with days as (
    select
        month,
        group_id,
        day,
        sum(messages) as messages,
        sum(messages - valid_messages) as n_filler
    from {{ ref('int_member_days') }}
    where messages > 0 and valid_messages is not null and valid_messages <= messages and not has_conflict
    group by month, group_id, day
),

months as (
    select
        month,
        group_id,
        median(n_filler / cast(messages as double)) as value,
        sum(messages) as messages,
        sum(n_filler) as n,
        count(*) as n_days,
        min(day) as first_day,
        max(day) as last_day
    from days
    group by month, group_id
),

compared as (
    select *, median(value) over (partition by month) as expected
    from months
    where n_days >= 7 and messages >= {{ setting('gaming_filler_min_messages') }}
),

incidents as (
    select * from compared
    where value > {{ setting('gaming_filler_max_share') }}
)

select
    incidents.month,
    'filler_messages' as rule_id,
    {{ incident_id("'filler_messages'", 'incidents.month', 'incidents.group_id') }} as incident_id,
    credit.person_id,
    credit.weight,
    'group' as subject_type,
    incidents.group_id as subject_id,
    'participation_times;posts_per_active_member;valid_message_share' as kpi_scope,
    incidents.value,
    {{ setting('gaming_filler_max_share') }} as threshold,
    incidents.expected,
    cast(incidents.n as bigint) as n,
    incidents.first_day,
    incidents.last_day,
    'member_day' as record_type,
    members.record_id,
    members._content_id,
    members._row_no
from incidents
inner join {{ ref('int_member_days') }} as members
    on
        incidents.month = members.month
        and incidents.group_id = members.group_id
        and members.valid_messages < members.messages
        and not members.has_conflict
inner join {{ ref('int_credit_community') }} as credit
    on
        members.group_id || '|' || cast(members.day as varchar) = credit.record_id
        and credit.record_type = 'group_day'
