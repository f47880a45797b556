-- Persons + UNASSIGNED = the source's total for the KPIs of sentiment: both sides. The totals are taken from the facts
-- without any credit. Parts of a split are cut to millionths of a record, so totals agree exactly.
{{ config(meta={'dagster': {'ref': {'name': 'fct_kpi_components'}}}) }}

with labelled as (
    select
        month,
        cast(count(case when label = 'positive' then 1 end) as decimal(38, 12)) as positive,
        cast(
            count(case when label = 'positive' then 1 end) - count(case when label = 'negative' then 1 end)
            as decimal(38, 12)
        ) as net,
        cast(count(*) as decimal(38, 12)) as labelled
    from {{ ref('int_comments') }}
    where is_counted and label is not null
    group by month
),

source_totals as (
    select month, 'positive_sentiment_share' as kpi_id, 'numerator' as part, positive as total from labelled
    union all
    select month, 'user_sentiment_index', 'numerator', net from labelled
    union all
    select labelled.month, kpis.kpi_id, 'denominator', labelled.labelled
    from labelled
    cross join (values ('positive_sentiment_share'), ('user_sentiment_index')) as kpis (kpi_id)
)

{{ totals_not_credited('source_totals') }}
