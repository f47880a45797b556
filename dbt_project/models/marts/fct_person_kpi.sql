{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_due_periods() }}"
) }}

-- The status of a person is the gravest of their segments. Whoever has one segment in the period has its value; for
-- whoever has several it is computed anew over the whole period, from components and exact rows.
with segment_rows as (
    select segment_kpi.*
    from {{ ref('int_segment_kpi') }} as segment_kpi
    inner join (select distinct period_type, period from {{ ref('int_kpi_periods') }}) as periods
        on segment_kpi.period_type = periods.period_type and segment_kpi.period = periods.period
),

ranked as (
    select
        *,
        row_number() over (
            partition by period_type, period, person_id, kpi_id
            order by
                case status when 'withheld' then 1 when 'provisional' then 2 when 'ok' then 3 else 4 end,
                case reason_code when '' then 0 when 'no_responsibility' then 2 else 1 end,
                segment_id
        ) as grave_rank
    from segment_rows
),

gravest as (
    select * from ranked where grave_rank = 1
),

several_segments as (
    select period_type, period, person_id
    from segment_rows
    group by period_type, period, person_id
    having count(distinct segment_id) > 1
),

readings as (
    {{ kpi_readings(by_segment=false, only_people='several_segments') }}
)

select
    gravest.period_type,
    gravest.period,
    gravest.period_start,
    gravest.period_end,
    gravest.person_id,
    gravest.kpi_id,
    cast(
        case
            when gravest.status not in ('ok', 'provisional') then null
            when gravest.reason_code = 'no_records' then 0
            when several_segments.person_id is null then gravest.value
            else coalesce(readings.exact_value, readings.quotient_value)
        end as decimal(38, 12)
    ) as value,
    case when several_segments.person_id is null then gravest.numerator else readings.numerator end as numerator,
    case when several_segments.person_id is null then gravest.denominator else readings.denominator end as denominator,
    case when several_segments.person_id is null then gravest.n_records else coalesce(readings.n_records, 0) end
        as n_records,
    gravest.status,
    gravest.reason_code,
    gravest.reason_params,
    gravest.status_reason
from gravest
left join several_segments
    on
        gravest.period_type = several_segments.period_type
        and gravest.period = several_segments.period
        and gravest.person_id = several_segments.person_id
left join readings
    on
        gravest.period_type = readings.period_type
        and gravest.period = readings.period
        and gravest.person_id = readings.person_id
        and gravest.kpi_id = readings.kpi_id
