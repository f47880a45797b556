{{ config(materialized='ephemeral') }}

-- An export of nothing but zeros: made before the platform had counted, or emptied by who uploaded it. Zeros over
-- values are a contradiction; these are zeros where no other file says anything else. An account that always was at
-- zero has none of it, and one paused campaign or one free order is not all of a month.
with days as (
    select
        profile.run_month as month,
        profile.family,
        coalesce(profile.subject_id, '') as subject_id,
        profile.day,
        profile.is_of_month,
        max(profile.n_keys) as n_keys,
        min(profile.n_zero - profile.n_rows) = 0 and max(profile.n_zero - profile.n_rows) = 0 as is_zero
    from {{ month_profiles(n_before=6) }} as profile
    where
        profile.family in (
            'x_posts', 'x_account', 'followers', 'oa_articles', 'oa_users', 'publishing', 'wecom_behaviour',
            'wecom_owner', 'groups', 'member_activity', 'web'
        )
    group by profile.run_month, profile.is_of_month, profile.family, coalesce(profile.subject_id, ''), profile.day
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
