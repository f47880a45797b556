{#
    The sums, counts and exact numbers of one inputs view: one grouped scan of the records, then the few groups are
    turned into rows. The records are never read once per KPI. A KPI kept as exact rows has no numerator: a distribution
    of numbers has its numbers, and all have their number of records. The squares of what an interval is taken of add up too.
#}
{% macro kpi_sum_rows(family) -%}
    {%- set measures = kpi_measures()[family] -%}
    {%- set credit_kind = 'overlay' if family == 'team' else 'split' -%}
    {%- set numeric = [] -%}
    {%- for kpi, kind in measures if kind == 'numeric' and kpi not in kpi_shared_values() -%}
        {%- do numeric.append(kpi) -%}
    {%- endfor -%}
    {%- set spread = [] -%}
    {%- for kpi, kind in measures if kpi in kpi_with_squares() -%}
        {%- do spread.append(kpi) -%}
    {%- endfor -%}
    select
        sums.month,
        sums.person_id,
        sums.segment_id,
        kpis.kpi_id,
        sums.subject_type,
        sums.subject_id,
        '{{ credit_kind }}' as credit_kind,
        '{{ family }}' as inputs_view,
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
        sums.n_conflicts,
        {% if numeric -%}
        case kpis.kpi_id
            {%- for kpi in numeric %}
            when '{{ kpi }}' then sums.{{ kpi }}__v
            {%- endfor %}
        end
        {%- else -%}
        null
        {%- endif %} as numbers,
        {% if spread -%}
        case kpis.kpi_id
            {%- for kpi in spread %}
            when '{{ kpi }}' then sums.{{ kpi }}__q
            {%- endfor %}
        end
        {%- else -%}
        null
        {%- endif %} as squares
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
            {%- if kpi in numeric %}
            {{ sorted_numbers(kpi ~ '__v') }} as {{ kpi }}__v,
            {%- endif %}
            {%- if kpi in spread %}
            -- each record as a decimal: a sum of doubles would depend on the order of the rows
            sum(
                case when {{ kpi }}__d > 0
                    then cast(cast({{ kpi }}__n as double) * {{ kpi }}__n / {{ kpi }}__d as decimal(38, 12))
                end
            ) as {{ kpi }}__q,
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

{# All values of a group, ascending, as one list of exact decimals; NULL without any. #}
{% macro sorted_numbers(expression) -%}
    {{ return(adapter.dispatch('sorted_numbers')(expression)) }}
{%- endmacro %}
{% macro duckdb__sorted_numbers(expression) -%}
    list_sort(list(cast({{ expression }} as decimal(18, 6))) filter (where {{ expression }} is not null))
{%- endmacro %}
