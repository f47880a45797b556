{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_run_months() }}"
) }}

{% for family in kpi_value_families() %}
{{ kpi_value_rows(family) }}
{{ 'union all' if not loop.last }}
{% endfor %}
