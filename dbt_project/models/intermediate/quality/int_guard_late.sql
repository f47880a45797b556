{{ config(materialized='ephemeral') }}

with silences as (
    select
        month,
        family,
        subject_id,
        heard_until,
        (expected_to - 1) - greatest(heard_until, expected_from - 1) as days
    from {{ ref('int_source_coverage') }}
    where
        cadence in ('daily', 'range', 'events')
        and max_silence_days is not null
        and heard_until is not null
        and (expected_to - 1) - heard_until > max_silence_days
)

select
    month,
    family,
    case subject_id when '' then 'family' else 'account' end as subject_type,
    case subject_id when '' then family else subject_id end as subject_id,
    'late' as guard,
    'withhold' as severity,
    '' as kpi_scope,
    'late_source' as reason_code,
    {{ reason_json([
        ('days', 'days', false),
        ('family', 'family', true),
        ('last_day', 'heard_until', true),
        ('subject', 'subject_id', true),
    ]) }} as reason_params,
    days as n,
    days as n_lost
from silences
