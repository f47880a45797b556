-- Events, their settlements and orders, and survey answers. An agreed split of the event goes before its organiser.
{% set event_claims = [
    ('assignment', 'event', 'event_id'),
    ('actor', 'crm', 'organiser_key'),
    ('assignment', 'campaign', 'campaign_id'),
    ('assignment', 'group', 'group_id'),
    ('assignment', 'community', 'community_id'),
] %}
with windows as (
    {{ credit_windows() }}
),

events as (
    select
        event_id as record_id,
        event_id,
        month,
        starts_at as happened_at,
        starts_at as credited_at,
        organiser_key,
        community_id,
        group_id,
        campaign_id
    from {{ ref('int_events') }}
    where {{ in_run_months('month') }}
),

settlements as (
    select
        event_id as record_id,
        event_id,
        settled_month as month,
        starts_at as happened_at,
        {{ midnight_utc('settled_on', company_timezone()) }} as credited_at,
        organiser_key,
        community_id,
        group_id,
        campaign_id
    from {{ ref('int_events') }}
    where {{ in_run_months('settled_month') }}
),

orders as (
    select
        record_id,
        event_id,
        month,
        ordered_at as happened_at,
        ordered_at as credited_at,
        organiser_key,
        community_id,
        group_id,
        campaign_id
    from {{ ref('int_event_orders') }}
),

answers as (
    select
        response_id as record_id,
        month,
        asked_at as happened_at,
        asked_at as credited_at,
        agent_key,
        case when subject_type = 'event' then subject_id end as event_id,
        case when subject_type = 'inbox' then subject_id end as inbox_id,
        case when subject_type = 'account' then subject_id end as account_id,
        case when subject_type = 'group' then subject_id end as group_id,
        case when subject_type = 'community' then subject_id end as community_id
    from {{ ref('int_surveys') }}
),

claimed as (
    {{ claimed_windows('event', 'events', [('override', 'event', 'record_id')] + event_claims) }}
    union all
    {{ claimed_windows(
        'event_settlement', 'settlements', [('override', 'event_settlement', 'record_id')] + event_claims
    ) }}
    union all
    {{ claimed_windows('event_order', 'orders', [('override', 'event_order', 'record_id')] + event_claims) }}
    union all
    {{ claimed_windows('survey_answer', 'answers', [
        ('override', 'survey_answer', 'record_id'),
        ('actor', 'surveys', 'agent_key'),
        ('assignment', 'event', 'event_id'),
        ('roster', 'inbox', 'inbox_id'),
        ('assignment', 'inbox', 'inbox_id'),
        ('roster', 'account', 'account_id'),
        ('assignment', 'account', 'account_id'),
        ('assignment', 'group', 'group_id'),
        ('assignment', 'community', 'community_id'),
    ]) }}
)

{{ split_credit('claimed') }}
