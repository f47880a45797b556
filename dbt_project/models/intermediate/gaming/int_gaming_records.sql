with records as (
    {% for rule in with_rows([
        'int_gaming_groups', 'int_gaming_contacts', 'int_gaming_orders', 'int_gaming_posts', 'int_gaming_messages',
        'int_gaming_giveaways'
    ]) %}
    select
        month,
        rule_id,
        incident_id,
        person_id,
        weight,
        subject_type,
        subject_id,
        kpi_scope,
        value,
        threshold,
        expected,
        n,
        first_day,
        last_day,
        record_type,
        record_id,
        _content_id,
        _row_no
    from {{ ref(rule) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

-- somebody who holds a part of a record in two segments is one person
select
    month,
    rule_id,
    incident_id,
    person_id,
    cast(sum(weight) as decimal(9, 6)) as weight,
    subject_type,
    subject_id,
    kpi_scope,
    cast(value as decimal(18, 6)) as value,
    cast(threshold as decimal(18, 6)) as threshold,
    cast(expected as decimal(18, 6)) as expected,
    cast(n as bigint) as n,
    first_day,
    last_day,
    record_type,
    record_id,
    _content_id,
    _row_no
from records
where weight > 0 and person_id <> 'UNASSIGNED' and {{ in_run_months('month') }}
group by all
