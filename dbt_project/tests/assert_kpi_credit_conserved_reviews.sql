-- Every adopted proposal of the file is somebody's or UNASSIGNED, once; every shown group of raters counts once.
{{ config(meta={'dagster': {'ref': {'name': 'fct_kpi_components'}}}) }}

with source_totals as (
    select month, 'proposals_adopted' as kpi_id, cast(sum(score) as decimal(38, 12)) as total
    from {{ source('company', 'reviews') }}
    where kpi_id = 'proposals_adopted' and {{ in_run_months('month') }}
    group by month
    union all
    select month, kpi_id, cast(count(*) as decimal(38, 12))
    from {{ source('company', 'reviews') }}
    where person_id <> '' and kpi_id <> 'proposals_adopted' and {{ in_run_months('month') }}
    group by month, kpi_id
    union all
    select month, 'kr_attainment', cast(sum(weight) as decimal(38, 12))
    from {{ source('company', 'key_results') }}
    where current_value is not null and {{ in_run_months('month') }}
    group by month
),

counted as (
    select
        month,
        kpi_id,
        sum(case when kpi_id = 'proposals_adopted' then numerator else denominator end) as total
    from {{ ref('fct_kpi_components') }}
    where {{ in_run_months('month') }}
    group by month, kpi_id
)

select source_totals.month, source_totals.kpi_id, source_totals.total, counted.total as counted_total
from source_totals
left join counted on source_totals.month = counted.month and source_totals.kpi_id = counted.kpi_id
where source_totals.total <> coalesce(counted.total, 0)
