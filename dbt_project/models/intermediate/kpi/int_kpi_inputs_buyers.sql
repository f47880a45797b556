{{ config(materialized='view') }}

-- The members that buyers and value are divided by; the numerators stand in the views of orders and customers. Without
-- channels of the communities there are no buyers to tell, without records of referrals no whole value: NULL, not 0.
select
    credit.month,
    credit.person_id,
    credit.segment_id,
    'group' as subject_type,
    stocks.group_id as subject_id,
    'group_stock' as record_type,
    credit.record_id,
    cast(stocks.last_day as timestamp) as occurred_at,
    credit.weight,
    stocks.has_conflict,
    stocks._content_id,
    stocks._row_no,
    case when channels.n > 0 then 0 * credit.weight end as member_conversion_rate__n,
    case when channels.n > 0 then stocks.members_total * credit.weight end as member_conversion_rate__d,
    case
        when stocks.members_active_peak is not null and referrals.month is not null
            then settings.value_weight_active * stocks.members_active_peak * credit.weight
    end as community_value_coefficient__n,
    case
        when stocks.members_active_peak is not null and referrals.month is not null
            then stocks.members_total * credit.weight
    end
        as community_value_coefficient__d
from {{ ref('int_credit_commerce') }} as credit
inner join {{ ref('int_group_stocks') }} as stocks on credit.record_id = stocks.record_id
cross join {{ source('company', 'settings') }} as settings
cross join (
    select count(*) as n from {{ source('company', 'order_words') }} where meaning = 'community'
) as channels
left join (
    select distinct month from {{ ref('int_customer_months') }} where knows_referrals
) as referrals on stocks.month = referrals.month
where credit.record_type = 'group_stock'
