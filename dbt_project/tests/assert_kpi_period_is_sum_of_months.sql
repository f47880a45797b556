-- A quarter's or year's numerator of an additive KPI is the sum of its months'. Withheld periods keep their sums, so
-- this holds whatever the status.
{{ config(meta={'dagster': {'ref': {'name': 'fct_person_kpi'}}}) }}

with months as (
    select
        longer.period_type,
        longer.period,
        longer.person_id,
        longer.kpi_id,
        max(longer.numerator) as numerator,
        sum(monthly.numerator) as sum_of_months
    from {{ ref('fct_person_kpi') }} as longer
    inner join {{ ref('kpi_catalogue') }} as catalogue on longer.kpi_id = catalogue.kpi_id
    left join {{ ref('fct_person_kpi') }} as monthly
        on
            monthly.period_type = 'month'
            and longer.person_id = monthly.person_id
            and longer.kpi_id = monthly.kpi_id
            and monthly.period_start >= longer.period_start
            and monthly.period_end <= longer.period_end
    where
        longer.period_type <> 'month'
        and catalogue.aggregation = 'sum'
        and longer.period in (select periods.period from {{ ref('int_kpi_periods') }} as periods)
    group by longer.period_type, longer.period, longer.person_id, longer.kpi_id
)

select * from months
where coalesce(numerator, 0) <> coalesce(sum_of_months, 0)
