{{ config(pre_hook="{{ store_plainly() }}", post_hook="{{ store_compactly() }}") }}

-- Tickets are credited in int_tickets: a second join of millions of records would cost more than the first reading.
-- Leads and orders find their window in int_attribution, with the touches that led to them.
with windows as (
    {{ credit_windows() }}
),

posts as (
    select
        post_id as record_id,
        month,
        created_at as happened_at,
        created_at as credited_at,
        author_key,
        tool_user_key,
        signature,
        account_id
    from {{ ref('int_posts') }}
    where {{ in_run_months('month') }}
),

account_days as (
    select
        record_id,
        month,
        {{ midnight_utc('day', company_timezone()) }} as happened_at,
        {{ midnight_utc('day', company_timezone()) }} as credited_at,
        account_id
    from {{ ref('int_account_days') }}
),

deals as (
    select
        record_id,
        deal_id,
        month,
        closed_at as happened_at,
        closed_at as credited_at,
        case when system = 'crm' then owner_key end as crm_owner_key,
        case when system = 'hubspot' then owner_key end as hubspot_owner_key
    from {{ ref('int_deals') }}
    where month is not null
),

web_days as (
    select
        record_id,
        month,
        {{ midnight_utc('day', company_timezone()) }} as happened_at,
        {{ midnight_utc('day', company_timezone()) }} as credited_at,
        utm_content,
        utm_campaign
    from {{ ref('int_web_days') }}
),

incidents as (
    select
        incident_id as record_id,
        month,
        occurred_at as happened_at,
        occurred_at as credited_at,
        responsible_key,
        account_id
    from {{ ref('int_incidents') }}
),

claimed as (
    {{ claimed_windows('post', 'posts', [
        ('override', 'post', 'record_id'),
        ('actor', 'cms', 'author_key'),
        ('actor', 'x_tool', 'tool_user_key'),
        ('actor', 'x_signature', 'signature'),
        ('roster', 'account', 'account_id'),
        ('assignment', 'account', 'account_id'),
    ]) }}
    union all
    {{ claimed_windows('account_day', 'account_days', [
        ('override', 'account_day', 'record_id'),
        ('assignment', 'account', 'account_id'),
    ]) }}
    union all
    {{ claimed_windows('deal', 'deals', [
        ('override', 'deal', 'record_id'),
        ('override', 'deal', 'deal_id'),
        ('assignment', 'deal', 'deal_id'),
        ('actor', 'crm', 'crm_owner_key'),
        ('actor', 'hubspot', 'hubspot_owner_key'),
    ]) }}
    union all
    select
        record_type,
        record_id,
        month,
        window_id
    from {{ ref('int_attribution') }}
    where {{ in_run_months('month') }}
    union all
    {{ claimed_windows('web_day', 'web_days', [
        ('override', 'web_day', 'record_id'),
        ('assignment', 'utm_code', 'utm_content'),
        ('assignment', 'campaign', 'utm_campaign'),
    ]) }}
    union all
    {{ claimed_windows('incident', 'incidents', [
        ('override', 'incident', 'record_id'),
        ('actor', 'crm', 'responsible_key'),
        ('roster', 'account', 'account_id'),
        ('assignment', 'account', 'account_id'),
    ]) }}
)

{{ split_credit('claimed') }}
