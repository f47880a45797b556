{{ config(materialized='view') }}

with months as (
    select distinct month from {{ source('control', 'run_months') }}
),

daily as (
    select
        cast(date_trunc('month', day) as date) as month,
        family,
        spec_id,
        coalesce(subject_id, '') as subject_id,
        day,
        -- an order has one row per line item, which is no repetition
        cast(sum(case when family = 'orders' then 0 else n_rows - n_keys - n_null_keys end) as bigint) as n_inside,
        cast(sum(n_keys) - max(n_keys) as bigint) as n_across
    from {{ source('landing', 'profile') }}
    where cast(date_trunc('month', day) as date) in (select months.month from months)
    group by 1, 2, 3, 4, 5
),

monthly as (
    select
        month,
        family,
        subject_id,
        cast(sum(n_inside) as bigint) as n_inside,
        cast(sum(n_across) as bigint) as n_across
    from daily
    group by month, family, subject_id
),

both_kinds as (
    select month, family, subject_id, 'duplicate_rows_in_file' as reason_code, n_inside as n from monthly
    union all
    select month, family, subject_id, 'duplicate_rows_across_files' as reason_code, n_across as n from monthly
)

select
    month,
    family,
    case subject_id when '' then 'family' else 'account' end as subject_type,
    case subject_id when '' then family else subject_id end as subject_id,
    'duplicate' as guard,
    'note' as severity,
    '' as kpi_scope,
    reason_code,
    {{ reason_json([('family', 'family', true), ('n', 'n', false), ('subject', 'subject_id', true)]) }} as reason_params,
    n,
    cast(0 as bigint) as n_lost
from both_kinds
where n > 0
