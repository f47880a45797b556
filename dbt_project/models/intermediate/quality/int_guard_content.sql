{{ config(materialized='ephemeral') }}

-- What is wrong with articles, reports of publishing tools, follower lists and with records that files contradict each
-- other about.
with articles as (
    select
        month,
        account_id,
        count(*) as n_total,
        count(case when has_conflict then 1 end) as n_conflicts,
        count(case when not is_settled then 1 end) as n_unsettled
    from {{ ref('int_articles') }}
    group by month, account_id
),

reports as (
    select
        month,
        account_id,
        count(is_reach_mature) as n_total,
        count(case when has_reach_conflict then 1 end) as n_conflicts,
        count(case when not is_reach_mature then 1 end) as n_unsettled
    from {{ ref('int_posts') }}
    where {{ in_run_months('month') }}
    group by month, account_id
),

audience as (
    select
        month,
        account_id,
        count(*) as n_total,
        count(case when has_conflict then 1 end) as n_conflicts
    from {{ ref('int_audience_days') }}
    -- X has its own guards
    where platform = 'wechat_oa'
    group by month, account_id
),

judged as (
    select
        month, 'oa_articles' as family, account_id, n_total, n_conflicts as n, 'contradiction' as guard,
        'withhold' as severity, '' as kpi_scope, 'contradiction' as reason_code
    from articles
    where n_conflicts > 0
    union all
    select
        month, 'oa_articles', account_id, n_total, n_unsettled, 'coverage', 'provisional', '', 'immature_records'
    from articles
    where n_unsettled > 0
    union all
    select
        month, 'publishing', account_id, n_total, n_conflicts, 'contradiction', 'withhold', 'reach_rate',
        'contradiction'
    from reports
    where n_conflicts > 0
    union all
    select
        month, 'publishing', account_id, n_total, n_unsettled, 'coverage', 'provisional', 'reach_rate',
        'immature_records'
    from reports
    where n_unsettled > 0
    union all
    select month, 'oa_users', account_id, n_total, n_conflicts, 'contradiction', 'withhold', '', 'contradiction'
    from audience
    where n_conflicts > 0
    union all
    -- new followers whose 30 days have ended and of whom no later list tells
    select month, 'follower_lists', account_id, count(*), count(*), 'coverage', 'withhold', '', 'no_data'
    from {{ ref('int_follower_cohorts') }}
    where n_kept is null
    group by month, account_id
),

by_account as (
    select
        month,
        family,
        'account' as subject_type,
        account_id as subject_id,
        guard,
        severity,
        kpi_scope,
        reason_code,
        n_total,
        n
    from judged
),

-- what is bound to no account: the people credited with the record
by_person as (
    select
        components.month,
        catalogue.families as family,
        'person' as subject_type,
        components.person_id as subject_id,
        'contradiction' as guard,
        'withhold' as severity,
        '' as kpi_scope,
        'contradiction' as reason_code,
        max(components.n_records) as n_total,
        max(components.n_conflicts) as n
    from {{ ref('fct_kpi_components') }} as components
    inner join {{ ref('kpi_catalogue') }} as catalogue on components.kpi_id = catalogue.kpi_id
    where
        components.n_conflicts > 0
        and catalogue.families in ('content_items', 'mentions', 'hashtags', 'ugc')
        and {{ in_run_months('components.month') }}
    group by components.month, catalogue.families, components.person_id
)

select
    month,
    family,
    subject_type,
    subject_id,
    guard,
    severity,
    kpi_scope,
    reason_code,
    {{ reason_json([
        ('family', 'family', true),
        ('month', month_text('month'), true),
        ('n', 'n', false),
        ('share', percent_text('n', 'n_total'), true),
        ('subject', 'subject_id', true),
        ('total', 'n_total', false),
    ]) }} as reason_params,
    cast(n as bigint) as n,
    cast(n as bigint) as n_lost
from (
    select * from by_account
    union all
    select * from by_person
) as findings
