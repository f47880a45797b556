{{ config(materialized='view') }}

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    'utm_code' as subject_type,
    coalesce(leads.utm_content, '') as subject_id,
    'lead' as record_type,
    credit.record_id,
    leads.created_at as occurred_at,
    credit.weight,
    leads.has_conflict,
    leads._content_id,
    leads._row_no,
    case
        -- a lead without a customer key cannot be recognised again, so it is a customer of its own
        when leads.is_from_x then coalesce(leads.customer_key, 'lead:' || leads.lead_id)
    end as leads_submitted__k
from {{ ref('int_credit') }} as credit
inner join {{ ref('int_leads') }} as leads on credit.record_id = leads.lead_id
where credit.record_type = 'lead'
