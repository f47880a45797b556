-- Persons + UNASSIGNED = the source's total for the KPIs of sentiment: both sides. The totals are taken from the facts
-- without any credit. Parts of a split are cut to millionths of a record, so totals agree exactly.
{{ config(meta={'dagster': {'ref': {'name': 'fct_kpi_components'}}}) }}

with source_totals as (
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

credited as (
    select
        month,
        kpi_id,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from {{ ref('fct_kpi_components') }}
    where kpi_id in ('positive_sentiment_share', 'user_sentiment_index') and {{ in_run_months('month') }}
    group by month, kpi_id
)

select
    source_totals.month,
    kpis.kpi_id,
    source_totals.labelled,
    credited.numerator,
    credited.denominator
from source_totals
cross join (values ('positive_sentiment_share'), ('user_sentiment_index')) as kpis (kpi_id)
left join credited on source_totals.month = credited.month and kpis.kpi_id = credited.kpi_id
where
    source_totals.labelled <> coalesce(credited.denominator, 0)
    or case kpis.kpi_id when 'positive_sentiment_share' then source_totals.positive else source_totals.net end
    <> coalesce(credited.numerator, 0)
