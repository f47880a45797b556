{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    meta={'rows_without_exports': false},
    pre_hook="{{ delete_run_months() }}"
) }}

select
    month,
    rule_id,
    incident_id,
    person_id,
    share,
    subject_type,
    subject_id,
    kpi_scope,
    value,
    threshold,
    expected,
    n,
    first_day,
    last_day,
    n_records
from {{ ref('int_gaming_incidents') }}
