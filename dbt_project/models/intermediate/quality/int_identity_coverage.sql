{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_run_months() }}",
    meta={'rows_without_exports': true}
) }}

-- Records that name somebody, and how many of these names lead to a person. A name that nobody holds falls through to
-- the roster or the split of its account, so a handle that is missing in people/identity_map.csv moves credit silently.
with named as (
    select month, 'x_posts' as family, 'post' as record_type, post_id as record_id
    from {{ ref('int_posts') }}
    where {{ in_run_months('month') }} and coalesce(author_key, tool_user_key, signature) is not null

    union all

    select month, 'orders' as family, 'order' as record_type, record_id
    from {{ ref('int_orders') }}
    where {{ in_run_months('month') }} and pos_actor_key is not null

    union all

    select month, 'deals' as family, 'deal' as record_type, record_id
    from {{ ref('int_deals') }}
    where {{ in_run_months('month') }} and owner_key is not null

    union all

    select month, 'leads' as family, 'lead' as record_type, lead_id as record_id
    from {{ ref('int_leads') }}
    where {{ in_run_months('month') }} and owner_key is not null

    union all

    select month, 'incidents' as family, 'incident' as record_type, incident_id as record_id
    from {{ ref('int_incidents') }}
    where {{ in_run_months('month') }} and responsible_key is not null
),

credited as (
    select
        named.month,
        named.family,
        named.record_type,
        named.record_id,
        min(credit.rule_step) as rule_step
    from named
    inner join {{ ref('int_credit') }} as credit
        on
            named.record_type = credit.record_type
            and named.record_id = credit.record_id
            and named.month = credit.month
    group by named.month, named.family, named.record_type, named.record_id
),

-- the step by its window: a join of tickets with their credit would cost more than reading them
steps as (
    select window_id, min(rule_step) as rule_step
    from {{ ref('int_credit_windows') }}
    group by window_id
),

ticket_acts as (
    select month, reply_window_id as window_id
    from {{ ref('int_tickets') }}
    where replier_key is not null and {{ in_run_months('month') }}

    union all

    select resolved_month as month, resolve_window_id as window_id
    from {{ ref('int_tickets') }}
    where resolver_key is not null and {{ in_run_months('resolved_month') }}
),

counted as (
    select
        month,
        family,
        count(*) as n_named,
        -- steps 1 to 6 say who it was; 7 to 9 are the account's roster, its split, nobody
        count(case when rule_step <= 6 then 1 end) as n_known
    from credited
    group by month, family

    union all

    select
        ticket_acts.month,
        'tickets' as family,
        count(*) as n_named,
        count(case when steps.rule_step <= 6 then 1 end) as n_known
    from ticket_acts
    left join steps on ticket_acts.window_id = steps.window_id
    group by ticket_acts.month
)

select
    month,
    family,
    cast(n_named as bigint) as n_named,
    cast(n_known as bigint) as n_known
from counted
