{#
    The totals of the sources that persons and UNASSIGNED together do not have: a relation of month, kpi_id, part
    (numerator or denominator) and total, against the components of the run's months.

    parts_of_stocks: KPIs over parts of a stock or of a member, which have twelve decimals before they are shared, so
    that their sum may miss a thousand-millionth.
#}
{% macro totals_not_credited(source_totals, parts_of_stocks=[]) -%}
    {%- set credited_total = "case source_totals.part when 'numerator' then credited.numerator else credited.denominator end" -%}
select
    source_totals.month,
    source_totals.kpi_id,
    source_totals.part,
    source_totals.total,
    {{ credited_total }} as credited_total
from {{ source_totals }} as source_totals
left join (
    select
        month,
        kpi_id,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from {{ ref('fct_kpi_components') }}
    where credit_kind = 'split' and {{ in_run_months('month') }}
    group by month, kpi_id
) as credited on source_totals.month = credited.month and source_totals.kpi_id = credited.kpi_id
where
    abs(coalesce(source_totals.total, 0) - coalesce({{ credited_total }}, 0))
    {%- if parts_of_stocks %}
    > case when source_totals.kpi_id in ('{{ parts_of_stocks | join("', '") }}') then 0.000000001 else 0 end
    {%- else %}
    > 0
    {%- endif %}
{%- endmacro %}
