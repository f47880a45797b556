{{ config(materialized='view') }}

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    'account' as subject_type,
    coalesce(incidents.account_id, '') as subject_id,
    'incident' as record_type,
    incidents.incident_id as record_id,
    incidents.occurred_at,
    credit.weight,
    incidents.has_conflict,
    incidents._content_id,
    incidents._row_no,
    case when incidents.kind in ('policy', 'account_security') then credit.weight end as security_incidents__n
from {{ ref('int_credit') }} as credit
inner join {{ ref('int_incidents') }} as incidents on credit.record_id = incidents.incident_id
where credit.record_type = 'incident'
