-- Persons + UNASSIGNED = the source's total for the KPIs of cost, conversion, apps and reports, numerators and
-- denominators. The totals are taken from the facts without any credit.
{{ config(meta={'dagster': {'ref': {'name': 'fct_kpi_components'}}}) }}

with source_totals as (
    select month, 'ad_click_rate' as kpi_id, 'denominator' as part, cast(sum(impressions) as decimal(38, 12)) as total
    from {{ ref('int_ad_days') }}
    where clicks is not null
    group by month
    union all
    select month, 'cost_per_lead', 'numerator', cast(sum(cost) as decimal(38, 12))
    from {{ ref('int_ad_days') }}
    group by month
    union all
    select month, 'return_on_ad_spend', 'denominator', cast(sum(cost) as decimal(38, 12))
    from {{ ref('int_ad_days') }}
    group by month
    union all
    select month, 'app_installs', 'numerator', cast(sum(installs) as decimal(38, 12))
    from {{ ref('int_app_days') }}
    where is_counted
    group by month
    union all
    select month, 'online_traffic_share', 'denominator', cast(count(*) as decimal(38, 12))
    from {{ ref('int_leads') }}
    where {{ in_run_months('month') }}
    group by month
    union all
    select month, 'lead_completeness', 'numerator', cast(sum(n_filled) as decimal(38, 12))
    from {{ ref('int_leads') }}
    where {{ in_run_months('month') }}
    group by month
    union all
    select mature_month, 'lead_conversion_cohort', 'denominator', cast(count(*) as decimal(38, 12))
    from {{ ref('int_leads') }}
    where not is_repeat and {{ in_run_months('mature_month') }}
    group by mature_month
    union all
    select won_month, 'lead_conversion', 'numerator', cast(count(*) as decimal(38, 12))
    from {{ ref('int_leads') }}
    where {{ in_run_months('won_month') }}
    group by won_month
)

{{ totals_not_credited('source_totals') }}
