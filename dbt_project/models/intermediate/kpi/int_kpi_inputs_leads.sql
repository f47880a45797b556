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
    end as leads_submitted__k,
    case when coalesce(channels.is_online, false) then credit.weight else 0 * credit.weight end
        as online_traffic_share__n,
    credit.weight as online_traffic_share__d,
    case when not leads.is_repeat then 0 * credit.weight end as lead_conversion__n,
    case when not leads.is_repeat then credit.weight end as lead_conversion__d,
    leads.n_filled * credit.weight as lead_completeness__n,
    case when leads.n_filled is not null then leads.n_required * credit.weight end as lead_completeness__d,
    case
        when not {{ is_direct('leads.utm_source') }}
            then
                case
                    when attribution.channel <> 'other' and not leads.has_upper_case and leads.utm_content <> ''
                        then credit.weight
                    else 0 * credit.weight
                end
    end as utm_compliance__n,
    case when not {{ is_direct('leads.utm_source') }} then credit.weight end as utm_compliance__d
from {{ ref('int_credit') }} as credit
inner join {{ ref('int_leads') }} as leads on credit.record_id = leads.lead_id
left join {{ ref('int_attribution') }} as attribution
    on credit.record_id = attribution.record_id and attribution.record_type = 'lead'
left join {{ source('company', 'channels') }} as channels on attribution.channel = channels.channel
where credit.record_type = 'lead'
