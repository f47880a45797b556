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
),

-- by person and not by segment, as the values are
spreads as (
    select
        periods.period_type,
        periods.period,
        components.person_id,
        components.kpi_id,
        sum(components.squares) / nullif(cast(sum(components.denominator) as double), 0) as mean_square
    from {{ ref('fct_kpi_components') }} as components
    inner join {{ ref('int_kpi_periods') }} as periods on components.month = periods.month
    where components.squares is not null
    group by periods.period_type, periods.period, components.person_id, components.kpi_id
),

valued as (
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
        case when several_segments.person_id is null then gravest.denominator else readings.denominator end
            as denominator,
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
)

select
    valued.period_type,
    valued.period,
    valued.period_start,
    valued.period_end,
    valued.person_id,
    valued.kpi_id,
    valued.value,
    valued.numerator,
    valued.denominator,
    valued.n_records,
    valued.status,
    valued.reason_code,
    valued.reason_params,
    valued.status_reason,
    {{ interval_bound('catalogue.interval', 'valued.value', 'valued.denominator', 'spreads.mean_square', '-') }}
        as value_low,
    {{ interval_bound('catalogue.interval', 'valued.value', 'valued.denominator', 'spreads.mean_square', '+') }}
        as value_high
from valued
inner join {{ ref('kpi_catalogue') }} as catalogue on valued.kpi_id = catalogue.kpi_id
left join spreads
    on
        valued.period_type = spreads.period_type
        and valued.period = spreads.period
        and valued.person_id = spreads.person_id
        and valued.kpi_id = spreads.kpi_id
