{{ config(materialized='view') }}

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    'utm_code' as subject_type,
    coalesce(web.utm_content, '') as subject_id,
    'web_day' as record_type,
    credit.record_id,
    cast(web.day as timestamp) as occurred_at,
    credit.weight,
    web.has_conflict,
    web._content_id,
    web._row_no,
    case when web.is_from_x then web.sessions * credit.weight end as site_clicks__n,
    case when web.is_from_x then 0 * credit.weight end as social_revenue_per_session__n,
    case when web.is_from_x then web.sessions * credit.weight end as social_revenue_per_session__d
from {{ ref('int_credit') }} as credit
inner join {{ ref('int_web_days') }} as web on credit.record_id = web.record_id
where credit.record_type = 'web_day'
