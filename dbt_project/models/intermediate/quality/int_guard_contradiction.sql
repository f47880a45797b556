{{ config(materialized='ephemeral') }}
{%- set credited -%}
(
    'orders', 'deals', 'tickets', 'leads', 'web', 'incidents',
    'groups', 'member_activity', 'wecom_behaviour', 'wecom_owner', 'qa',
    'ads', 'apps', 'interviews', 'reports', 'events', 'surveys'
)
{%- endset %}

-- Account days: the account. Orders, deals, tickets, leads, web days, incidents, events and survey answers: the people
-- credited with the record
-- (one deal in two versions says nothing about the other sellers). Posts are in int_guard_posts.
with account_days as (
    select
        'x_account' as family,
        days.month,
        'account' as subject_type,
        days.account_id as subject_id,
        count(*) as n
    from {{ ref('int_account_days') }} as days
    where days.has_conflict and {{ in_run_months('days.month') }}
    group by days.month, days.account_id
),

credited as (
    -- every KPI of a family carries the conflicts of all its records, so the largest is the family's number
    select
        split_part(catalogue.families, ';', 1) as family,
        components.month,
        'person' as subject_type,
        components.person_id as subject_id,
        max(components.n_conflicts) as n
    from {{ ref('fct_kpi_components') }} as components
    inner join {{ ref('kpi_catalogue') }} as catalogue on components.kpi_id = catalogue.kpi_id
    where
        components.n_conflicts > 0
        and split_part(catalogue.families, ';', 1) in {{ credited }}
        and {{ in_run_months('components.month') }}
    group by split_part(catalogue.families, ';', 1), components.month, components.person_id
),

-- below the quality bar it is the source that contradicts itself, not a record
families as (
    select family, month, 'family' as subject_type, family as subject_id, max(n) as n
    from (
        select
            split_part(catalogue.families, ';', 1) as family,
            components.month,
            components.kpi_id,
            sum(components.n_conflicts) as n,
            sum(components.n_records) as n_records
        from {{ ref('fct_kpi_components') }} as components
        inner join {{ ref('kpi_catalogue') }} as catalogue on components.kpi_id = catalogue.kpi_id
        where
            split_part(catalogue.families, ';', 1) in {{ credited }}
            and {{ in_run_months('components.month') }}
        group by split_part(catalogue.families, ';', 1), components.month, components.kpi_id
    ) as totals
    group by family, month
    having max(n) > (1 - {{ setting('quality_bar') }}) * max(n_records)
),

conflicts as (
    select * from account_days
    union all
    select * from credited
    union all
    select * from families
)

select
    month,
    family,
    subject_type,
    subject_id,
    'contradiction' as guard,
    'withhold' as severity,
    '' as kpi_scope,
    'contradiction' as reason_code,
    {{ reason_json([
        ('family', 'family', true), ('n', 'n', false), ('subject', 'subject_id', true)
    ]) }} as reason_params,
    cast(n as bigint) as n,
    cast(n as bigint) as n_lost
from conflicts
