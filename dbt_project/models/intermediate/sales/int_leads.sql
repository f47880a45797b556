with leads as (
    select * from {{ chosen_versions(
        ref('stg_leads'),
        key=['lead_id'],
        values=['customer_key', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'owner_key']
    ) }}
),

dated as (
    select
        leads.*,
        {{ local_month('leads.created_at', company_timezone()) }} as month,
        utm_sources.utm_source is not null as is_from_x
    from leads
    left join {{ source('company', 'utm_sources') }} as utm_sources on leads.utm_source = utm_sources.utm_source
)

select
    lead_id,
    created_at,
    month,
    customer_key,
    utm_source,
    utm_medium,
    utm_campaign,
    utm_content,
    is_from_x,
    owner_key,
    status,
    n_versions,
    has_conflict,
    _content_id,
    _row_no
from dated
where {{ in_run_months('month') }}
