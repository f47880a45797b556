{{ config(materialized='ephemeral') }}

-- Records of a month against the median of the up to six months before it. Overlapping files are not counted twice:
-- of each day the fullest file stands for it. A baseline needs three months and twenty records to mean anything.
-- A family whose records come in two kinds of export has them in both; each month looks at its own files alone.
with by_day as (
    select
        profile.run_month,
        profile.family,
        coalesce(profile.subject_id, '') as subject_id,
        profile.day,
        max(profile.n_keys) as n_keys
    from {{ month_profiles(n_before=6) }} as profile
    group by profile.run_month, profile.family, coalesce(profile.subject_id, ''), profile.day
),

monthly as (
    select
        run_month,
        family,
        subject_id,
        {{ month_of('day') }} as month,
        cast(sum(n_keys) as bigint) as n
    from by_day
    group by run_month, family, subject_id, {{ month_of('day') }}
),

judged as (
    select
        run_month as month,
        family,
        subject_id,
        coalesce(max(case when month = run_month then n end), 0) as n,
        count(case when month < run_month then 1 end) as n_baseline_months,
        {{ percentile('case when month < run_month then n end', 0.5) }} as baseline
    from monthly
    group by run_month, family, subject_id
),

listed as (
    select family, coalesce(account_id, '') as subject_id, max({{ open_end('active_to') }}) as active_to
    from {{ source('company', 'expected_sources') }}
    group by family, coalesce(account_id, '')
),

active as (
    -- a source that has been switched off is not a drop
    select judged.month, judged.family, judged.subject_id, judged.n, judged.baseline, settings.volume_change_factor
    from judged
    cross join {{ source('company', 'settings') }} as settings
    left join listed on judged.family = listed.family and judged.subject_id = listed.subject_id
    where
        judged.n_baseline_months >= 3
        and judged.baseline >= 20
        and {{ open_end('listed.active_to') }} > judged.month
),

changes as (
    select
        month,
        family,
        subject_id,
        n,
        cast(baseline as decimal(18, 1)) as baseline,
        case when n * volume_change_factor < baseline then 'volume_drop' else 'volume_rise' end as reason_code
    from active
    where n * volume_change_factor < baseline or n > baseline * volume_change_factor
)

select
    month,
    family,
    case subject_id when '' then 'family' else 'account' end as subject_type,
    case subject_id when '' then family else subject_id end as subject_id,
    'volume' as guard,
    case reason_code when 'volume_drop' then 'withhold' else 'note' end as severity,
    '' as kpi_scope,
    reason_code,
    {{ reason_json([
        ('baseline', 'baseline', false),
        ('family', 'family', true),
        ('n', 'n', false),
        ('subject', 'subject_id', true),
    ]) }} as reason_params,
    n,
    cast(case reason_code when 'volume_drop' then greatest(baseline - n, 0) else 0 end as bigint) as n_lost
from changes
