{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_run_months() }}"
) }}

-- Summed again because one KPI (posting_frequency) has its numerator and its denominator in two inputs views.
select
    month,
    person_id,
    segment_id,
    kpi_id,
    subject_type,
    subject_id,
    credit_kind,
    cast(sum(numerator) as decimal(38, 12)) as numerator,
    cast(sum(denominator) as decimal(38, 12)) as denominator,
    cast(sum(n_records) as bigint) as n_records,
    cast(sum(n_conflicts) as bigint) as n_conflicts,
    cast(sum(squares) as decimal(38, 12)) as squares
from {{ ref('int_kpi_sums') }}
group by month, person_id, segment_id, kpi_id, subject_type, subject_id, credit_kind
