{{ config(materialized='view') }}

-- Records of a month against the median of the up to six months before it. Overlapping files are not counted twice:
-- of each day the fullest file stands for it. A baseline needs three months and twenty records to mean anything.
with run_months as (
    select distinct month, {{ add_months('month', -6) }} as baseline_from from {{ source('control', 'run_months') }}
),

bounds as (
    select min(baseline_from) as first_month, max(month) as last_month from run_months
),

daily as (
    select
        profile.family,
        profile.spec_id,
        coalesce(profile.subject_id, '') as subject_id,
        profile.day,
        max(profile.n_keys) as n_keys
    from {{ source('landing', 'profile') }} as profile
    cross join bounds
    where profile.day >= bounds.first_month and profile.day < {{ add_months('bounds.last_month', 1) }}
    group by profile.family, profile.spec_id, coalesce(profile.subject_id, ''), profile.day
),

by_day as (
    -- a family whose records come in two kinds of export has them in both
    select family, subject_id, day, max(n_keys) as n_keys from daily group by family, subject_id, day
),

monthly as (
    select family, subject_id, cast(date_trunc('month', day) as date) as month, cast(sum(n_keys) as bigint) as n
    from by_day
    group by 1, 2, 3
),

subjects as (
    select distinct family, subject_id from monthly
),

judged as (
    select
        run_months.month,
        subjects.family,
        subjects.subject_id,
        coalesce(max(case when monthly.month = run_months.month then monthly.n end), 0) as n,
        count(case when monthly.month < run_months.month then 1 end) as n_baseline_months,
        {{ percentile('case when monthly.month < run_months.month then monthly.n end', 0.5) }} as baseline
    from run_months
    cross join subjects
    inner join monthly
        on
            subjects.family = monthly.family
            and subjects.subject_id = monthly.subject_id
            and monthly.month >= run_months.baseline_from
            and monthly.month <= run_months.month
    group by run_months.month, subjects.family, subjects.subject_id
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
