{{ config(materialized='ephemeral') }}

with daily as (
    select
        profile.run_month as month,
        profile.family,
        profile.spec_id,
        coalesce(profile.subject_id, '') as subject_id,
        profile.day,
        -- an order has one row per line item, which is no repetition
        cast(
            sum(
                case
                    when profile.family = 'orders' then 0
                    else profile.n_rows - profile.n_keys - profile.n_null_keys
                end
            )
            as bigint
        ) as n_inside,
        cast(sum(profile.n_keys) - max(profile.n_keys) as bigint) as n_across
    from {{ month_profiles() }} as profile
    group by profile.run_month, profile.family, profile.spec_id, coalesce(profile.subject_id, ''), profile.day
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
    {{ reason_json([
        ('family', 'family', true), ('n', 'n', false), ('subject', 'subject_id', true)
    ]) }} as reason_params,
    n,
    cast(0 as bigint) as n_lost
from both_kinds
where n > 0
