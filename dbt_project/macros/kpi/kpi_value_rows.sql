{#
    The exact rows of the distinct and distribution KPIs of one inputs view, from one scan of it.
    A distribution over numbers fills `value`, one over categories and a distinct count fill `value_key`.
#}
{% macro kpi_value_rows(family) -%}
    {%- set measures = [] -%}
    {%- for kpi, kind in kpi_measures()[family] if kind in ('numeric', 'category', 'distinct')
        and kpi not in kpi_shared_values() -%}
        {%- do measures.append((kpi, kind)) -%}
    {%- endfor -%}
    select
        inputs.month,
        inputs.person_id,
        inputs.segment_id,
        kpis.kpi_id,
        inputs.subject_type,
        inputs.subject_id,
        inputs.record_id,
        case kpis.kpi_id
            {%- for kpi, kind in measures %}
            when '{{ kpi }}' then {% if kind == 'numeric' %}inputs.{{ kpi }}__v{% else %}cast(null as decimal(38, 6)){% endif %}
            {%- endfor %}
        end as value,
        case kpis.kpi_id
            {%- for kpi, kind in measures %}
            when '{{ kpi }}' then {% if kind == 'numeric' %}cast(null as varchar){% else %}inputs.{{ kpi }}__k{% endif %}
            {%- endfor %}
        end as value_key,
        inputs.weight
    from {{ ref('int_kpi_inputs_' ~ family) }} as inputs
    cross join (
        values {% for kpi, kind in measures %}('{{ kpi }}'){{ ', ' if not loop.last }}{% endfor %}
    ) as kpis (kpi_id)
    where {{ in_run_months('inputs.month') }}
    and case kpis.kpi_id
        {%- for kpi, kind in measures %}
        when '{{ kpi }}' then inputs.{{ kpi_marker_column(kpi, kind) }} is not null
        {%- endfor %}
    end
{%- endmacro %}

{# The inputs views that hold at least one distinct or distribution KPI. #}
{% macro kpi_value_families() -%}
    {%- set families = [] -%}
    {%- for family, measures in kpi_measures().items() -%}
        {%- for kpi, kind in measures if kind in ('numeric', 'category', 'distinct') and family not in families -%}
            {%- do families.append(family) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(families) }}
{%- endmacro %}
