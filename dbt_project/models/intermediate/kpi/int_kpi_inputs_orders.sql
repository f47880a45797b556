{{ config(materialized='view') }}

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
    -- amounts of several currencies are never added up: an order in another one withholds (int_guard_orders)
    case
        when orders.is_counted and coalesce(orders.currency, settings.currency) = settings.currency
            then orders.net_amount * credit.weight
    end as conversion_revenue__n
from {{ ref('int_credit') }} as credit
inner join {{ ref('int_orders') }} as orders on credit.record_id = orders.record_id
cross join {{ source('company', 'settings') }} as settings
where credit.record_type = 'order'
