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
    case when incidents.kind in ('policy', 'account_security') then credit.weight end as security_incidents__n,
    case
        when incidents.kind = 'pr' then cast(incidents.response_seconds / 60.0 as decimal(18, 6))
    end as crisis_response_minutes_p50__v,
    case
        when incidents.kind = 'pr' then cast(incidents.resolve_seconds / 60.0 as decimal(18, 6))
    end as crisis_resolution_minutes_p50__v,
    case
        when incidents.kind = 'pr' and incidents.is_response_late is not null
            then case when incidents.is_response_late then 0 else credit.weight end
    end as crisis_response_within_sla__n,
    case when incidents.kind = 'pr' and incidents.is_response_late is not null then credit.weight end
        as crisis_response_within_sla__d,
    case
        when incidents.kind = 'pr' and incidents.is_resolution_late is not null
            then case when incidents.is_resolution_late then 0 else credit.weight end
    end as crisis_resolution_within_sla__n,
    case when incidents.kind = 'pr' and incidents.is_resolution_late is not null then credit.weight end
        as crisis_resolution_within_sla__d
from {{ ref('int_credit') }} as credit
inner join {{ ref('int_incidents') }} as incidents on credit.record_id = incidents.incident_id
where credit.record_type = 'incident'
