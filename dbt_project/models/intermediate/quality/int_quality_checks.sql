{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_run_months() }}",
    meta={'rows_without_exports': true}
) }}

-- What the three validations counted: units looked at, units that passed. Kept by month, because a quarter or year is
-- made of months whose files this run may not read.
with months as (
    select distinct month from {{ source('control', 'run_months') }}
),

-- first validation, schema and range: rows that could be read. What is out of range refuses its file (expectations/),
-- so whatever got this far is in range
gate as (
    select
        months.month,
        files.family,
        coalesce(files.subject_id, '') as subject_id,
        'gate' as validation,
        'readable_rows' as check_id,
        '' as kpi_scope,
        sum(files.n_rows + files.n_broken) as n_units,
        sum(files.n_rows) as n_passed
    from months
    inner join {{ source('landing', 'files') }} as files
        on {{ array_has('files.months', month_text('months.month')) }}
    group by months.month, files.family, coalesce(files.subject_id, '')
),

-- second validation, one delivery against another: records that several files state
repeated_days as (
    select
        profile.run_month as month,
        profile.family,
        profile.spec_id,
        coalesce(profile.subject_id, '') as subject_id,
        profile.day,
        sum(profile.n_keys) - max(profile.n_keys) as n_again
    from {{ month_profiles() }} as profile
    group by profile.run_month, profile.family, profile.spec_id, coalesce(profile.subject_id, ''), profile.day
),

repeated as (
    select month, family, sum(n_again) as n_again
    from repeated_days
    group by month, family
),

conflicts as (
    select month, 'x_account' as family, count(*) as n_conflicts
    from {{ ref('int_account_days') }}
    where has_conflict and {{ in_run_months('month') }}
    group by month

    union all

    select month, 'x_posts' as family, count(*) as n_conflicts
    from {{ ref('int_posts') }}
    where has_conflict and {{ in_run_months('month') }}
    group by month

    union all

    -- every KPI of a family carries the conflicts of all its records, so the largest is the family's number; those of a
    -- KPI of several families may be of either
    select month, family, max(n_conflicts) as n_conflicts
    from (
        select
            components.month,
            split_part(catalogue.families, ';', 1) as family,
            components.kpi_id,
            sum(components.n_conflicts) as n_conflicts
        from {{ ref('fct_kpi_components') }} as components
        inner join {{ ref('kpi_catalogue') }} as catalogue on components.kpi_id = catalogue.kpi_id
        where
            {{ in_run_months('components.month') }}
            and components.n_conflicts > 0
            and catalogue.families not like '%;%'
        group by components.month, split_part(catalogue.families, ';', 1), components.kpi_id
    ) as by_kpi
    where family not in ('x_account', 'x_posts')
    group by month, family
),

deliveries as (
    select
        coalesce(repeated.month, conflicts.month) as month,
        coalesce(repeated.family, conflicts.family) as family,
        '' as subject_id,
        'reconciliation' as validation,
        'repeated_deliveries' as check_id,
        '' as kpi_scope,
        -- a record that contradicts itself inside one file was compared too
        greatest(coalesce(repeated.n_again, 0), coalesce(conflicts.n_conflicts, 0)) as n_units,
        greatest(coalesce(repeated.n_again, 0) - coalesce(conflicts.n_conflicts, 0), 0) as n_passed
    from repeated
    full outer join conflicts on repeated.month = conflicts.month and repeated.family = conflicts.family
),

-- second validation, one source against another: what the company can explain agrees
stock_flow as (
    select
        month,
        family,
        account_id as subject_id,
        'reconciliation' as validation,
        'follower_stock_flow' as check_id,
        case family
            when 'x_account' then 'net_follower_growth;team_net_follower_growth;follower_growth_rate_x'
            else 'oa_follower_growth;follower_growth_rate_oa'
        end as kpi_scope,
        count(*) as n_units,
        count(case when agrees or is_explained then 1 end) as n_passed
    from {{ ref('int_follower_stock_flow') }}
    where {{ in_run_months('month') }}
    group by month, family, account_id
),

-- the same: posts of the content files against those that the overview counts; one or two may have been deleted since
post_counts as (
    select
        month,
        'x_posts' as family,
        account_id as subject_id,
        'reconciliation' as validation,
        'posts_of_overview' as check_id,
        '' as kpi_scope,
        n_overview as n_units,
        case when n_overview - n_content < 3 then n_overview else n_content end as n_passed
    from {{ ref('int_post_counts') }}
    where {{ in_run_months('month') }}
),

-- third validation: labels that people judged, of those that were drawn
labels as (
    select
        samples.month,
        samples.family,
        '' as subject_id,
        'labels' as validation,
        samples.label as check_id,
        samples.kpi_scope,
        count(*) as n_units,
        count(case when audit.found = samples.held then 1 end) as n_passed
    from {{ ref('int_label_samples') }} as samples
    inner join {{ source('company', 'label_audit') }} as audit
        on
            samples.month = audit.month
            and samples.label = audit.label
            and samples.record_id = audit.record_id
    -- followers are drawn by their verdict: how many of the drawn are right says nothing of all (int_follower_audit)
    where samples.label <> 'follower' and {{ in_run_months('samples.month') }}
    group by samples.month, samples.family, samples.label, samples.kpi_scope
),

checks as (
    select * from gate
    union all
    select * from deliveries
    union all
    select * from stock_flow
    union all
    select * from post_counts
    union all
    select * from labels
)

select
    month,
    family,
    subject_id,
    validation,
    check_id,
    kpi_scope,
    cast(n_units as bigint) as n_units,
    cast(n_passed as bigint) as n_passed
from checks
where n_units > 0
