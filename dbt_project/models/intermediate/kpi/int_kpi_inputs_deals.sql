{{ config(materialized='view') }}

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    'system' as subject_type,
    deals.system as subject_id,
    'deal' as record_type,
    credit.record_id,
    deals.closed_at as occurred_at,
    credit.weight,
    deals.has_conflict,
    deals._content_id,
    deals._row_no,
    case when deals.meaning = 'won' then credit.weight end as deals_won__n,
    case when deals.meaning = 'won' then deals.amount * credit.weight end as won_revenue__n,
    case when deals.meaning = 'won' then credit.weight when deals.meaning = 'lost' then 0 end as win_rate__n,
    case when deals.meaning in ('won', 'lost') then credit.weight end as win_rate__d
from {{ ref('int_credit') }} as credit
inner join {{ ref('int_deals') }} as deals on credit.record_id = deals.record_id
where credit.record_type = 'deal'
