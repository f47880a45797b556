-- What happens in a group on a day is credited with the day: whoever the group was given to, else the owner that the
-- sheet states for the day, else whoever answers for the community. So a hand-over within a month splits it by days.
with windows as (
    {{ credit_windows() }}
),

group_days as (
    select
        record_id,
        month,
        {{ midnight_utc('day', company_timezone()) }} as happened_at,
        {{ midnight_utc('day', company_timezone()) }} as credited_at,
        group_id,
        owner_key,
        community_id
    from {{ ref('int_group_days') }}
),

wecom_days as (
    select
        record_type,
        record_id,
        month,
        {{ midnight_utc('day', company_timezone()) }} as happened_at,
        {{ midnight_utc('day', company_timezone()) }} as credited_at,
        actor_key
    from {{ ref('int_wecom_days') }}
),

user_days as (
    select * from wecom_days where record_type = 'wecom_user_day'
),

owner_days as (
    select * from wecom_days where record_type = 'wecom_owner_day'
),

answers as (
    select
        answer_id as record_id,
        month,
        counted_at as happened_at,
        counted_at as credited_at,
        answerer_key,
        community_id
    from {{ ref('int_qa_answers') }}
),

community_months as (
    select
        record_id,
        month,
        {{ midnight_utc('day', company_timezone()) }} as happened_at,
        {{ midnight_utc('day', company_timezone()) }} as credited_at,
        community_id
    from {{ ref('int_community_months') }}
),

claimed as (
    {{ claimed_windows('group_day', 'group_days', [
        ('override', 'group_day', 'record_id'),
        ('assignment', 'group', 'group_id'),
        ('actor', 'wecom', 'owner_key'),
        ('assignment', 'community', 'community_id'),
    ]) }}
    union all
    {{ claimed_windows('wecom_user_day', 'user_days', [
        ('override', 'wecom_user_day', 'record_id'),
        ('actor', 'wecom', 'actor_key'),
    ]) }}
    union all
    {{ claimed_windows('wecom_owner_day', 'owner_days', [
        ('override', 'wecom_owner_day', 'record_id'),
        ('actor', 'wecom', 'actor_key'),
    ]) }}
    union all
    {{ claimed_windows('qa_answer', 'answers', [
        ('override', 'qa_answer', 'record_id'),
        ('actor', 'wecom', 'answerer_key'),
        ('assignment', 'community', 'community_id'),
    ]) }}
    union all
    {{ claimed_windows('community_month', 'community_months', [
        ('override', 'community_month', 'record_id'),
        ('assignment', 'community', 'community_id'),
    ]) }}
)

{{ split_credit('claimed') }}
