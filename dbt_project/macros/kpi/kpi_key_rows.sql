{#
    The categories or distinct keys of the KPIs of one inputs view, each with the number of records that name it, and of
    those that make it count. Reads the view once a KPI.
#}
{% macro kpi_key_rows(family) -%}
    {%- for kpi, kind in kpi_key_measures(family) %}
    select
        month,
        person_id,
        segment_id,
        '{{ kpi }}' as kpi_id,
        subject_type,
        subject_id,
        {{ kpi }}__k as value_key,
        count(*) as n_records,
        {% if kind == 'hits' %}cast(sum({{ kpi }}__h) as bigint){% else %}cast(null as bigint){% endif %} as n_hits
    from {{ ref('int_kpi_inputs_' ~ family) }}
    where {{ kpi }}__k is not null and {{ in_run_months('month') }}
    group by month, person_id, segment_id, subject_type, subject_id, {{ kpi }}__k
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# The KPIs of one inputs view over categories or distinct keys whose exact rows are kept, as (KPI, kind). #}
{% macro kpi_key_measures(family) -%}
    {%- set measures = [] -%}
    {%- for kpi, kind in kpi_measures()[family] if kind in ('category', 'distinct', 'hits') and kpi not in kpi_shared_values() -%}
        {%- do measures.append((kpi, kind)) -%}
    {%- endfor -%}
    {{ return(measures) }}
{%- endmacro %}

{# The inputs views that hold at least one of them. #}
{% macro kpi_key_families() -%}
    {%- set families = [] -%}
    {%- for family in kpi_measures() if kpi_key_measures(family) -%}
        {%- do families.append(family) -%}
    {%- endfor -%}
    {{ return(families) }}
{%- endmacro %}
