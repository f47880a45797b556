-- Credit is conserved: each fact's records are credited exactly once, so persons and UNASSIGNED together are the
-- source's total. Compares the weight given with the number of records. Returns the record types that differ.
{{ config(meta={'dagster': {'ref': {'name': 'int_credit'}}}) }}

with records as (
    {% for record_type, counted in credited_records().items() -%}
    select
        '{{ record_type }}' as record_type,
        count(*) as n_records
    from {{ ref(counted[0]) }}
    {%- if counted[1] %}
    where {{ in_run_months(counted[1]) }}
    {%- elif counted[2] %}
    where {{ counted[2] }}
    {%- endif %}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

credited as (
    select
        record_type,
        cast(sum(weight) as decimal(38, 6)) as total_weight
    from {{ all_credit() }} as credit
    group by record_type
)

select
    records.record_type,
    records.n_records,
    coalesce(credited.total_weight, 0) as total_weight
from records
left join credited on records.record_type = credited.record_type
where coalesce(credited.total_weight, 0) <> records.n_records
