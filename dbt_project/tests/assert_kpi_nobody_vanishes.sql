-- Everybody employed in a period that this run made has a row for every KPI, with a status.
{{ config(meta={'dagster': {'ref': {'name': 'fct_person_kpi'}}}) }}

with expected as (
    select distinct periods.period_type, periods.period, segments.person_id, catalogue.kpi_id
    from (select distinct period_type, period, period_start, period_end from {{ ref('int_kpi_periods') }}) as periods
    inner join {{ source('company', 'segments') }} as segments
        on segments.valid_from < periods.period_end and {{ open_end('segments.valid_to') }} > periods.period_start
    cross join {{ ref('kpi_catalogue') }} as catalogue
)

select expected.*
from expected
left join {{ ref('fct_person_kpi') }} as person_kpi
    on
        expected.period_type = person_kpi.period_type
        and expected.period = person_kpi.period
        and expected.person_id = person_kpi.person_id
        and expected.kpi_id = person_kpi.kpi_id
where person_kpi.status is null
