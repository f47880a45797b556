{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_run_months() }}"
) }}

-- For the months of the run: which days of which source are there. Small: months x accounts. Kept by month, because a
-- quarter or year is made of months whose files this run may not read.
with months as (
    select distinct month, {{ add_months('month', 1) }} as month_end from {{ source('control', 'run_months') }}
),

all_files as (
    select
        content_id,
        family,
        coalesce(subject_id, '') as subject_id,
        -- a file that states no range covers its days out to the ends of their months, or to its export
        coalesce(period_from, cast(date_trunc('month', first_day) as date)) as covers_from,
        coalesce(
            period_to,
            case when cast(exported_at as date) > last_day then cast(exported_at as date) end,
            {{ add_months("date_trunc('month', last_day)", 1) }}
        ) as covers_to,
        greatest(
            last_day,
            coalesce(period_to - 1, last_day),
            coalesce(cast(exported_at as date), last_day)
        ) as heard_until
    from {{ source('landing', 'files') }}
),

-- what a month may read; a file of the month after speaks of this one only where it covers days of it
files as (
    select
        months.month,
        all_files.family,
        all_files.subject_id,
        all_files.covers_from,
        all_files.covers_to,
        all_files.heard_until
    from months
    inner join {{ source('control', 'month_files') }} as month_files on months.month = month_files.month
    inner join all_files on month_files.content_id = all_files.content_id and all_files.covers_from < months.month_end
),

profile as (
    select
        months.month,
        profile.family,
        coalesce(profile.subject_id, '') as subject_id,
        profile.day,
        max(profile.n_keys) as n_keys
    from months
    inner join {{ source('control', 'month_files') }} as month_files on months.month = month_files.month
    inner join {{ source('landing', 'profile') }} as profile
        on
            month_files.content_id = profile.content_id
            and profile.day >= months.month
            and profile.day < months.month_end
    group by months.month, profile.family, coalesce(profile.subject_id, ''), profile.day
),

-- overlapping files are not counted twice: of each day the fullest stands for it
records as (
    select month, family, subject_id, cast(sum(n_keys) as bigint) as n_records
    from profile
    group by month, family, subject_id
),

expected as (
    select
        expected_sources.family,
        coalesce(expected_sources.account_id, '') as subject_id,
        expected_sources.cadence,
        expected_sources.max_silence_days,
        months.month,
        greatest(months.month, coalesce(expected_sources.active_from, months.month)) as expected_from,
        least(months.month_end, {{ open_end('expected_sources.active_to') }}) as expected_to
    from {{ source('company', 'expected_sources') }} as expected_sources
    inner join months
        on
            coalesce(expected_sources.active_from, months.month) < months.month_end
            and {{ open_end('expected_sources.active_to') }} > months.month
),

expected_days as (
    select
        expected.month,
        expected.family,
        expected.subject_id,
        expected.cadence,
        calendar.day
    from expected
    inner join {{ source('company', 'calendar') }} as calendar
        on calendar.day >= expected.expected_from and calendar.day < expected.expected_to
    where expected.cadence in ('daily', 'range')
),

present_days as (
    select distinct expected_days.family, expected_days.subject_id, expected_days.day
    from expected_days
    inner join profile
        on
            expected_days.family = profile.family
            and expected_days.day = profile.day
            and expected_days.subject_id in (profile.subject_id, '')
    where expected_days.cadence = 'daily'

    union distinct

    select distinct expected_days.family, expected_days.subject_id, expected_days.day
    from expected_days
    inner join files
        on
            expected_days.month = files.month
            and expected_days.family = files.family
            and expected_days.subject_id in (files.subject_id, '')
            and expected_days.day >= files.covers_from
            and expected_days.day < files.covers_to
    where expected_days.cadence = 'range'
),

day_counts as (
    select
        expected_days.month,
        expected_days.family,
        expected_days.subject_id,
        count(*) as n_expected,
        count(present_days.day) as n_present,
        min(case when present_days.day is null then expected_days.day end) as first_missing,
        max(case when present_days.day is null then expected_days.day end) as last_missing
    from expected_days
    left join present_days
        on
            expected_days.family = present_days.family
            and expected_days.subject_id = present_days.subject_id
            and expected_days.day = present_days.day
    group by expected_days.month, expected_days.family, expected_days.subject_id
),

heard as (
    select month, family, subject_id, max(covers_to) as covered_to, max(heard_until) as heard_until
    from files
    group by month, family, subject_id

    union all

    -- whatever the account: for sources and people that are not bound to one
    select month, family, '*' as subject_id, max(covers_to) as covered_to, max(heard_until) as heard_until
    from files
    group by month, family
),

listed as (
    select
        expected.month,
        expected.family,
        expected.subject_id,
        expected.cadence,
        expected.max_silence_days,
        expected.expected_from,
        expected.expected_to,
        coalesce(day_counts.n_expected, 0) as n_expected,
        coalesce(day_counts.n_present, 0) as n_present,
        day_counts.first_missing,
        day_counts.last_missing,
        heard.heard_until,
        case
            when expected.cadence in ('daily', 'range') then coalesce(day_counts.n_present, 0) > 0
            -- a register without events is silent for good reason; only its stated patience ends
            else
                heard.family is not null
                and (
                    expected.max_silence_days is null
                    or heard.heard_until is null
                    or heard.heard_until + expected.max_silence_days >= expected.expected_from
                )
        end as is_covered
    from expected
    left join day_counts
        on
            expected.month = day_counts.month
            and expected.family = day_counts.family
            and expected.subject_id = day_counts.subject_id
    left join heard
        on
            expected.month = heard.month
            and expected.family = heard.family
            and case expected.subject_id when '' then '*' else expected.subject_id end = heard.subject_id
),

unlisted as (
    select
        months.month,
        heard.family,
        heard.subject_id,
        'unlisted' as cadence,
        cast(null as integer) as max_silence_days,
        months.month as expected_from,
        months.month_end as expected_to,
        0 as n_expected,
        0 as n_present,
        cast(null as date) as first_missing,
        cast(null as date) as last_missing,
        heard.heard_until,
        coalesce(heard.covered_to > months.month, false) as is_covered
    from heard
    inner join months on heard.month = months.month
    left join expected
        on
            heard.month = expected.month
            and heard.family = expected.family
            and heard.subject_id = expected.subject_id
    where expected.family is null and heard.subject_id <> '*'
),

-- a review file is kept, not delivered: it covers the months of which it holds a review or lacks one
reviewed as (
    select
        month,
        family,
        '' as subject_id,
        'reviews' as cadence,
        cast(null as integer) as max_silence_days,
        month as expected_from,
        {{ add_months('month', 1) }} as expected_to,
        0 as n_expected,
        0 as n_present,
        cast(null as date) as first_missing,
        cast(null as date) as last_missing,
        cast(null as date) as heard_until,
        true as is_covered,
        count(*) as n_records
    from {{ ref('int_reviews') }}
    where state <> 'none'
    group by month, family
),

by_subject as (
    select
        sources.*,
        coalesce(records.n_records, 0) as n_records
    from (
        select * from listed
        union all
        select * from unlisted
    ) as sources
    left join records
        on
            sources.month = records.month
            and sources.family = records.family
            and sources.subject_id = records.subject_id

    union all

    select * from reviewed
)

select
    month,
    family,
    subject_id,
    cadence,
    max_silence_days,
    expected_from,
    expected_to,
    n_expected,
    n_present,
    first_missing,
    last_missing,
    heard_until,
    is_covered,
    n_records
from by_subject

union all

-- one row a family: is there anything at all this month
select
    month,
    family,
    '*' as subject_id,
    'any' as cadence,
    cast(null as integer) as max_silence_days,
    month as expected_from,
    {{ add_months('month', 1) }} as expected_to,
    cast(sum(n_expected) as bigint) as n_expected,
    cast(sum(n_present) as bigint) as n_present,
    min(first_missing) as first_missing,
    max(last_missing) as last_missing,
    max(heard_until) as heard_until,
    bool_or(is_covered) as is_covered,
    cast(sum(n_records) as bigint) as n_records
from by_subject
group by month, family
