{{ config(materialized='ephemeral') }}

-- An export of nothing but zeros: made before the platform had counted, or emptied by who uploaded it. Zeros over
-- values are a contradiction; these are zeros where no other file says anything else. An account that always was at
-- zero has none of it, and one paused campaign or one free order is not all of a month.
with run_months as (
    select distinct month, {{ add_months('month', -6) }} as baseline_from from {{ source('control', 'run_months') }}
),

days as (
    select
        run_months.month,
        profile.family,
        coalesce(profile.subject_id, '') as subject_id,
        profile.day,
        profile.day >= run_months.month as is_of_month,
        max(profile.n_keys) as n_keys,
        min(profile.n_zero - profile.n_rows) = 0 and max(profile.n_zero - profile.n_rows) = 0 as is_zero
    from run_months
    inner join {{ source('control', 'month_files') }} as month_files on run_months.month = month_files.month
    inner join {{ source('landing', 'profile') }} as profile
        on
            month_files.content_id = profile.content_id
            and profile.day >= run_months.baseline_from
            and profile.day < {{ add_months('run_months.month', 1) }}
    where
        profile.family in (
            'x_posts', 'x_account', 'followers', 'oa_articles', 'oa_users', 'publishing', 'wecom_behaviour',
            'wecom_owner', 'groups', 'member_activity', 'web'
        )
    group by run_months.month, profile.family, coalesce(profile.subject_id, ''), profile.day
),

accounts as (
    select
        month,
        family,
        subject_id,
        count(case when is_of_month then 1 end) as n_days,
        count(case when is_of_month and not is_zero then 1 end) as n_real_days,
        count(case when not is_of_month then 1 end) as n_days_before,
        count(case when not is_of_month and not is_zero then 1 end) as n_real_days_before,
        coalesce(sum(case when is_of_month then n_keys end), 0) as n
    from days
    group by month, family, subject_id
)

select
    month,
    family,
    case subject_id when '' then 'family' else 'account' end as subject_type,
    case subject_id when '' then family else subject_id end as subject_id,
    'coverage' as guard,
    'withhold' as severity,
    '' as kpi_scope,
    'all_zero' as reason_code,
    {{ reason_json([
        ('family', 'family', true), ('n', 'cast(n as bigint)', false), ('subject', 'subject_id', true)
    ]) }} as reason_params,
    cast(n as bigint) as n,
    cast(n as bigint) as n_lost
from accounts
where
    -- fewer days say nothing, as in int_guard_scale
    n_days >= 5
    and n_real_days = 0
    and (n_real_days_before > 0 or n_days_before = 0)
