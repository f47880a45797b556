{{ config(materialized='table') }}

-- A quarter or year exists only when all its months have been built, and is made again when one of them is.
with months as (
    select distinct month from {{ source('control', 'built_months') }}
),

bridge as (
    select
        'month' as period_type,
        {{ month_text('month') }} as period,
        month as period_start,
        {{ add_months('month', 1) }} as period_end,
        1 as n_months,
        month
    from months

    union all

    select
        'quarter' as period_type,
        cast(extract(year from month) as varchar) || '-Q' || cast(extract(quarter from month) as varchar) as period,
        cast(date_trunc('quarter', month) as date) as period_start,
        {{ add_months("date_trunc('quarter', month)", 3) }} as period_end,
        3 as n_months,
        month
    from months

    union all

    select
        'year' as period_type,
        cast(extract(year from month) as varchar) as period,
        cast(date_trunc('year', month) as date) as period_start,
        {{ add_months("date_trunc('year', month)", 12) }} as period_end,
        12 as n_months,
        month
    from months
),

due as (
    select period_type, period
    from bridge
    group by period_type, period, n_months
    having
        count(*) = n_months
        and max(case when {{ in_run_months('month') }} then 1 else 0 end) = 1
)

select
    bridge.period_type,
    bridge.period,
    bridge.period_start,
    bridge.period_end,
    bridge.month
from bridge
inner join due on bridge.period_type = due.period_type and bridge.period = due.period
