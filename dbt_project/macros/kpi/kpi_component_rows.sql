{#
    The components of one inputs view: one grouped scan of the records, then the few sums are turned into rows.
    The records are never read once per KPI. A KPI kept as exact rows (distinct, distribution) gets a row with its
    number of records and without numerator.
#}
{% macro kpi_component_rows(family) -%}
    {%- set measures = kpi_measures()[family] -%}
    {%- set credit_kind = 'overlay' if family == 'team' else 'split' -%}
    select
        sums.month,
        sums.person_id,
        sums.segment_id,
        kpis.kpi_id,
        sums.subject_type,
        sums.subject_id,
        '{{ credit_kind }}' as credit_kind,
        case kpis.kpi_id
            {%- for kpi, kind in measures %}
            when '{{ kpi }}' then {% if kind in ('sum', 'ratio') %}sums.{{ kpi }}__n{% else %}null{% endif %}
            {%- endfor %}
        end as numerator,
        case kpis.kpi_id
            {%- for kpi, kind in measures %}
            when '{{ kpi }}' then {% if kind == 'ratio' %}sums.{{ kpi }}__d{% else %}null{% endif %}
            {%- endfor %}
        end as denominator,
        case kpis.kpi_id
            {%- for kpi, kind in measures %}
            when '{{ kpi }}' then sums.{{ kpi }}__c
            {%- endfor %}
        end as n_records,
        sums.n_conflicts
    from (
        select
            month,
            person_id,
            segment_id,
            subject_type,
            subject_id,
            {%- for kpi, kind in measures %}
            {%- if kind in ('sum', 'ratio') %}
            cast(sum({{ kpi }}__n) as decimal(38, 12)) as {{ kpi }}__n,
            {%- endif %}
            {%- if kind == 'ratio' %}
            cast(sum({{ kpi }}__d) as decimal(38, 12)) as {{ kpi }}__d,
            {%- endif %}
            count({{ kpi_marker_column(kpi, kind) }}) as {{ kpi }}__c,
            {%- endfor %}
            sum(case when has_conflict then 1 else 0 end) as n_conflicts
        from {{ ref('int_kpi_inputs_' ~ family) }}
        where {{ in_run_months('month') }}
        group by month, person_id, segment_id, subject_type, subject_id
    ) as sums
    cross join (
        values {% for kpi, kind in measures %}('{{ kpi }}'){{ ', ' if not loop.last }}{% endfor %}
    ) as kpis (kpi_id)
    where case kpis.kpi_id
        {%- for kpi, kind in measures %}
        when '{{ kpi }}' then sums.{{ kpi }}__c
        {%- endfor %}
    end > 0
{%- endmacro %}
