{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_due_periods() }}"
) }}

-- What a person's segment was in each of its communities. Whether the data may be paid on is decided for the segment as
-- a whole (int_segment_kpi): sources are exported by account and file, not by community.
with period_months as (
    select period_type, period, month from {{ ref('int_kpi_periods') }}
),

catalogue as (
    select kpi_id, aggregation, activity_kpi_id
    from {{ ref('kpi_catalogue') }}
    where {{ counted_by_community('subject_types') }}
),

segment_rows as (
    select segment_kpi.*, catalogue.aggregation, catalogue.activity_kpi_id
    from {{ ref('int_segment_kpi') }} as segment_kpi
    inner join catalogue on segment_kpi.kpi_id = catalogue.kpi_id
    inner join (select distinct period_type, period from period_months) as periods
        on segment_kpi.period_type = periods.period_type and segment_kpi.period = periods.period
),

subjects as (
    select month, subject_type, subject_id, community_id from {{ ref('int_community_subjects') }}
),

readings as (
    {{ kpi_readings(by_segment=true, by_community='subjects') }}
),

exposed as (
    select distinct
        period_months.period_type,
        period_months.period,
        exposure.person_id,
        exposure.segment_id,
        exposure.kpi_id,
        exposure.subject_type in ('group', 'community') as is_of_community,
        subjects.community_id
    from {{ ref('int_kpi_exposure') }} as exposure
    inner join catalogue on exposure.kpi_id = catalogue.kpi_id
    inner join period_months on exposure.month = period_months.month
    left join subjects
        on
            exposure.month = subjects.month
            and exposure.subject_type = subjects.subject_type
            and exposure.subject_id = subjects.subject_id
),

-- those that a month's records of the person's groups, or of the community itself, belong to
counted as (
    select distinct period_type, period, person_id, segment_id, community_id
    from exposed
    where community_id is not null
),

-- the others are run on some days and have none of a month's records: their groups' are another community's
communities as (
    select
        coalesce(counted.period_type, duties.period_type) as period_type,
        coalesce(counted.period, duties.period) as period,
        coalesce(counted.person_id, duties.person_id) as person_id,
        coalesce(counted.segment_id, duties.segment_id) as segment_id,
        coalesce(counted.community_id, duties.community_id) as community_id,
        counted.community_id is not null as is_counted
    from counted
    full outer join {{ ref('int_community_duties') }} as duties
        on
            counted.period_type = duties.period_type
            and counted.period = duties.period
            and counted.person_id = duties.person_id
            and counted.segment_id = duties.segment_id
            and counted.community_id = duties.community_id
),

-- an assignment answers for its own community, an identity in a system for whatever the system tells of any of them
answered as (
    select period_type, period, person_id, segment_id, kpi_id, community_id
    from exposed
    where community_id is not null

    union distinct

    select
        counted.period_type,
        counted.period,
        counted.person_id,
        counted.segment_id,
        exposed.kpi_id,
        counted.community_id
    from counted
    inner join exposed
        on
            counted.period_type = exposed.period_type
            and counted.period = exposed.period
            and counted.person_id = exposed.person_id
            and counted.segment_id = exposed.segment_id
    where not exposed.is_of_community
),

told as (
    select
        segment_rows.period_type,
        segment_rows.period,
        segment_rows.period_start,
        segment_rows.period_end,
        segment_rows.person_id,
        segment_rows.segment_id,
        communities.community_id,
        communities.is_counted,
        segment_rows.kpi_id,
        segment_rows.status as segment_status,
        segment_rows.reason_code as segment_code,
        segment_rows.reason_params as segment_params,
        answered.kpi_id is not null as is_answered,
        coalesce(readings.exact_value, readings.quotient_value) as value,
        readings.numerator,
        readings.denominator,
        coalesce(readings.n_records, 0) as n_records,
        case
            {{ verdict_of_records('readings', 'activities', 'segment_rows.aggregation') }}
            else ''
        end as verdict_of_records
    from communities
    inner join segment_rows
        on
            communities.period_type = segment_rows.period_type
            and communities.period = segment_rows.period
            and communities.person_id = segment_rows.person_id
            and communities.segment_id = segment_rows.segment_id
    left join answered
        on
            communities.period_type = answered.period_type
            and communities.period = answered.period
            and communities.person_id = answered.person_id
            and communities.segment_id = answered.segment_id
            and communities.community_id = answered.community_id
            and segment_rows.kpi_id = answered.kpi_id
    left join readings
        on
            communities.period_type = readings.period_type
            and communities.period = readings.period
            and communities.person_id = readings.person_id
            and communities.segment_id = readings.segment_id
            and communities.community_id = readings.community_id
            and segment_rows.kpi_id = readings.kpi_id
    left join readings as activities
        on
            communities.period_type = activities.period_type
            and communities.period = activities.period
            and communities.person_id = activities.person_id
            and communities.segment_id = activities.segment_id
            and communities.community_id = activities.community_id
            and segment_rows.activity_kpi_id = activities.kpi_id
),

judged as (
    select
        *,
        case
            when segment_code = 'no_responsibility' then 'no_responsibility'
            when not is_counted then 'no_activity'
            when not is_answered then 'no_responsibility'
            when segment_status = 'withheld' then 'finding'
            -- where the segment's records may still change, so may the zero of a community that has none
            when segment_status = 'provisional' and verdict_of_records in ('', 'no_records') then 'provisional'
            else verdict_of_records
        end as verdict
    from told
),

reasoned as (
    select
        *,
        {{ status_of_verdict('verdict') }} as status,
        case when verdict in ('finding', 'provisional') then segment_code else verdict end as reason_code,
        case when verdict in ('finding', 'provisional') then segment_params else '{}' end as reason_params
    from judged
)

select
    period_type,
    period,
    period_start,
    period_end,
    person_id,
    segment_id,
    community_id,
    kpi_id,
    {{ value_of_verdict('status', 'verdict_of_records', 'value') }} as value,
    numerator,
    denominator,
    n_records,
    status,
    reason_code,
    reason_params
from reasoned
