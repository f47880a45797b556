-- A person's part of an incident: the mean part of its records, nothing of those that are credited to others.
with sizes as (
    select incident_id, count(distinct record_type || '|' || record_id) as n_records
    from {{ ref('int_gaming_records') }}
    group by incident_id
)

select
    records.month,
    records.rule_id,
    records.incident_id,
    records.person_id,
    cast(sum(records.weight) / max(sizes.n_records) as decimal(9, 6)) as share,
    records.subject_type,
    records.subject_id,
    records.kpi_scope,
    records.value,
    records.threshold,
    records.expected,
    records.n,
    records.first_day,
    records.last_day,
    count(*) as n_records
from {{ ref('int_gaming_records') }} as records
inner join sizes on records.incident_id = sizes.incident_id
group by
    records.month, records.rule_id, records.incident_id, records.person_id, records.subject_type, records.subject_id,
    records.kpi_scope, records.value, records.threshold, records.expected, records.n, records.first_day,
    records.last_day
-- less than a millionth is nobody's incident
having sum(records.weight) / max(sizes.n_records) >= 0.000001
