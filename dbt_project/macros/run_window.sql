{# True for a row whose local month is (re)built by this run. #}
{% macro in_run_months(month_column) -%}
    {{ month_column }} in (select run_months.month from {{ source('control', 'run_months') }} as run_months)
{%- endmacro %}

{# The same for conditions over millions of rows, where one of several may hold: no join for each. #}
{% macro is_run_month(month_column) -%}
    {{ return(adapter.dispatch('is_run_month')(month_column)) }}
{%- endmacro %}
{% macro duckdb__is_run_month(month_column) -%}
    coalesce(list_contains(
        (select list(distinct run_months.month) from {{ source('control', 'run_months') }} as run_months), {{ month_column }}
    ), false)
{%- endmacro %}

{#
    Pre-hook of incremental models by month: a month that is rebuilt leaves first, so that a month which has become
    empty ends empty. Does nothing on the first build.
#}
{% macro delete_run_months() -%}
    {% if is_incremental() %}
        delete from {{ this }} where {{ in_run_months('month') }}
    {% else %}
        select 1
    {% endif %}
{%- endmacro %}
