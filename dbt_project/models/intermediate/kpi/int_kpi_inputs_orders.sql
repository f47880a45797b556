{{ config(materialized='view') }}

{%- set known = "coalesce(orders.currency, settings.currency) = settings.currency" %}
{%- set referred = "case when orders.is_referred then 1 else 0 end" %}
{%- set social = "orders.is_counted and " ~ known
    ~ " and (coalesce(orders.discount_code, '') <> '' or coalesce(orders.is_private_domain, false))" %}

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    'account' as subject_type,
    coalesce(orders.account_id, '') as subject_id,
    'order' as record_type,
    credit.record_id,
    orders.ordered_at as occurred_at,
    credit.weight,
    orders.has_conflict,
    orders._content_id,
    orders._row_no,
    case
        when orders.is_counted and coalesce(orders.discount_code, '') <> '' and orders.net_amount > 0
            then credit.weight
    end as promo_code_uses__n,
    -- amounts of several currencies are never added up: an order in another one withholds (int_guard_amounts)
    case
        when orders.is_counted and {{ known }}
            then orders.net_amount * credit.weight
    end as conversion_revenue__n,
    case when orders.purchase_no is not null then case when orders.purchase_no = 1 then 1 else 0 end * credit.weight end
        as new_customers__n,
    case
        when orders.is_counted and {{ known }}
            then
                case when orders.is_community then orders.net_amount when not orders.is_community then 0 end
                * credit.weight
    end as community_sales__n,
    -- a month of which no cost is known has no return on it either
    case
        when orders.is_counted and orders.is_community and {{ known }} and has_costs.month is not null
            then orders.net_amount * credit.weight
    end as community_roi__n,
    case
        when orders.is_counted and orders.is_community and {{ known }} and has_costs.month is not null
            then 0 * credit.weight
    end as community_roi__d,
    case when orders.purchase_no = 1 and orders.knows_referrals then {{ referred }} * credit.weight end
        as customer_referral_rate__n,
    case when orders.purchase_no = 1 and orders.knows_referrals then credit.weight end as customer_referral_rate__d,
    case when orders.purchase_no is not null then orders.customer_key end as repurchase_rate__k,
    case when orders.is_counted and orders.net_amount > 0 and {{ known }} then orders.net_amount * credit.weight end
        as average_order_value__n,
    case when orders.is_counted and orders.net_amount > 0 and {{ known }} then credit.weight end
        as average_order_value__d,
    case
        when orders.is_placed
            then case when orders.is_completed and not orders.is_cancelled then 1 else 0 end * credit.weight
    end as order_completion_rate__n,
    case when orders.is_placed then credit.weight end as order_completion_rate__d,
    case
        when orders.purchase_no is not null and {{ known }}
            then case when orders.purchase_no > 1 then orders.net_amount else 0 end * credit.weight
    end as existing_customer_revenue_share__n,
    case when orders.purchase_no is not null and {{ known }} then orders.net_amount * credit.weight end
        as existing_customer_revenue_share__d,
    case
        when orders.is_counted and orders.net_amount > 0 and orders.is_private_domain is not null
            then case when orders.is_private_domain then 1 else 0 end * credit.weight
    end as private_domain_order_share__n,
    case
        when orders.is_counted and orders.net_amount > 0 and orders.is_private_domain is not null
            then credit.weight
    end as private_domain_order_share__d,
    case when {{ social }} and has_sessions.month is not null then orders.net_amount * credit.weight end
        as social_revenue_per_session__n,
    case when {{ social }} and has_sessions.month is not null then 0 * credit.weight end
        as social_revenue_per_session__d,
    -- a buyer counts once a month, with the first purchase in a community; members and sessions must be known
    case when buyers.record_id is not null and has_members.month is not null then credit.weight end
        as member_conversion_rate__n,
    case when buyers.record_id is not null and has_members.month is not null then 0 * credit.weight end
        as member_conversion_rate__d,
    case
        when orders.purchase_no = 1 and orders.knows_referrals and has_members.month is not null
            then settings.value_weight_referral * {{ referred }} * credit.weight
    end as community_value_coefficient__n,
    case
        when orders.purchase_no = 1 and orders.knows_referrals and has_members.month is not null then 0 * credit.weight
    end as community_value_coefficient__d
from {{ ref('int_credit') }} as credit
inner join {{ ref('int_orders') }} as orders on credit.record_id = orders.record_id
cross join {{ source('company', 'settings') }} as settings
left join (select distinct month from {{ source('company', 'costs') }}) as has_costs on orders.month = has_costs.month
left join (select distinct month from {{ ref('int_group_stocks') }}) as has_members on orders.month = has_members.month
left join (
    select distinct month from {{ ref('int_web_days') }} where is_from_x
) as has_sessions on orders.month = has_sessions.month
left join (
    select {{ value_at_min('record_id', 'purchase_no') }} as record_id
    from {{ ref('int_orders') }}
    where purchase_no is not null and is_community
    group by month, customer_key
) as buyers on orders.record_id = buyers.record_id
where credit.record_type = 'order'
