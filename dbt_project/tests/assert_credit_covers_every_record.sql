-- Credit is conserved: each fact's records are credited exactly once, so persons and UNASSIGNED together are the
-- source's total. Compares the weight given with the number of records. Returns the record types that differ.
{{ config(meta={'dagster': {'ref': {'name': 'int_credit'}}}) }}

with records as (
    select
        'post' as record_type,
        count(*) as n_records
    from {{ ref('int_posts') }}
    where {{ in_run_months('month') }}
    union all
    select
        'account_day' as record_type,
        count(*) as n_records
    from {{ ref('int_account_days') }}
    union all
    select
        'order' as record_type,
        count(*) as n_records
    from {{ ref('int_orders') }}
    union all
    select
        'deal' as record_type,
        count(*) as n_records
    from {{ ref('int_deals') }}
    where month is not null
    union all
    select
        'ticket_reply' as record_type,
        count(*) as n_records
    from {{ ref('int_tickets') }}
    where {{ in_run_months('month') }}
    union all
    select
        'ticket_resolve' as record_type,
        count(*) as n_records
    from {{ ref('int_tickets') }}
    where {{ in_run_months('resolved_month') }}
    union all
    select
        'lead' as record_type,
        count(*) as n_records
    from {{ ref('int_leads') }}
    union all
    select
        'web_day' as record_type,
        count(*) as n_records
    from {{ ref('int_web_days') }}
    union all
    select
        'incident' as record_type,
        count(*) as n_records
    from {{ ref('int_incidents') }}
),

credited as (
    select
        record_type,
        cast(sum(weight) as decimal(38, 6)) as total_weight
    from (
        select record_type, record_id, month, person_id, segment_id, weight from {{ ref('int_credit') }}
        union all
        select record_type, record_id, month, person_id, segment_id, weight from {{ ref('int_ticket_credit') }}
    ) as credit
    group by record_type
)

select
    records.record_type,
    records.n_records,
    coalesce(credited.total_weight, 0) as total_weight
from records
left join credited on records.record_type = credited.record_type
where coalesce(credited.total_weight, 0) <> records.n_records
