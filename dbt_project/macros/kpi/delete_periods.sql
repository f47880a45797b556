{# Pre-hook of models by period: every period that is made again leaves first. #}
{% macro delete_due_periods() -%}
    {% if is_incremental() %}
        delete from {{ this }}
        where (period_type, period) in (select periods.period_type, periods.period from {{ ref('int_kpi_periods') }} as periods)
    {% else %}
        select 1
    {% endif %}
{%- endmacro %}
