{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_run_months() }}"
) }}

with keys as (
    {% for family in kpi_families_with_rows(kpi_key_families()) %}
    {{ kpi_key_rows(family) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    month,
    person_id,
    segment_id,
    kpi_id,
    subject_type,
    subject_id,
    value_key,
    cast(null as decimal(18, 6)[]) as numbers,
    n_records,
    n_hits
from keys

union all

select
    month,
    person_id,
    segment_id,
    kpi_id,
    subject_type,
    subject_id,
    cast(null as varchar) as value_key,
    numbers,
    n_records,
    cast(null as bigint) as n_hits
from {{ ref('int_kpi_sums') }}
where numbers is not null
