{{ config(materialized='view') }}

-- (base - actual) x leads of a channel is base x leads - spend: so records add up over people, channels and months, and
-- what is netted is their sum. Spend without a lead counts against it. Without a base the record counts on no side.
select
    month,
    person_id,
    segment_id,
    'channel' as subject_type,
    coalesce(channel, '') as subject_id,
    record_type,
    record_id,
    happened_at as occurred_at,
    weight,
    has_conflict,
    _content_id,
    _row_no,
    case
        when base is null then null
        when record_type = 'ad_day' then -cost * weight
        when record_type = 'paid_lead' then base * weight
    end as lead_cost_savings__n
from {{ ref('int_savings_records') }}
