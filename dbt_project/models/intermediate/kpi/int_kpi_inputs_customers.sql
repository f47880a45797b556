{{ config(materialized='view') }}

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    -- not `account`: an order and a customer of one shop are two kinds of records of one KPI
    'account' as subject_type,
    coalesce(customers.account_id, '') as subject_id,
    'customer' as record_type,
    credit.record_id,
    cast(customers.month as timestamp) as occurred_at,
    credit.weight,
    customers.has_conflict,
    customers._content_id,
    customers._row_no,
    case when customers.is_existing then customers.customer_key end as existing_customer_repurchase__k,
    case when customers.is_existing then case when customers.n_month > 0 then 1 else 0 end end
        as existing_customer_repurchase__h,
    case when customers.is_existing and customers.knows_referrals then customers.customer_key end
        as referring_customer_share__k,
    case
        when customers.is_existing and customers.knows_referrals
            then case when customers.n_referred > 0 then 1 else 0 end
    end
        as referring_customer_share__h,
    case when customers.was_high_value then customers.customer_key end as high_value_buying_share__k,
    case when customers.was_high_value then case when customers.n_month > 0 then 1 else 0 end end
        as high_value_buying_share__h,
    case when customers.was_high_value then case when customers.is_high_value then 1 else 0 end * credit.weight end
        as high_value_retention__n,
    case when customers.was_high_value then credit.weight end as high_value_retention__d,
    -- users are the customers of the beginning; whoever comes and spends that much at once became one all the same
    case
        when customers.is_valued
            then case when customers.is_high_value and not customers.was_high_value then 1 else 0 end * credit.weight
    end as high_value_conversion__n,
    case when customers.is_valued then case when customers.is_existing then 1 else 0 end * credit.weight end
        as high_value_conversion__d,
    case when customers.is_active and customers.is_valued then customers.net_total * credit.weight end
        as customer_lifetime_value__n,
    case when customers.is_active and customers.is_valued then credit.weight end as customer_lifetime_value__d,
    case when customers.is_loyalty_due then case when customers.is_loyal then 1 else 0 end * credit.weight end
        as loyalty_conversion__n,
    case when customers.is_loyalty_due then credit.weight end as loyalty_conversion__d,
    -- only where the members and the referrals of the month are known too
    case
        when customers.knows_referrals and has_members.month is not null
            then
                case when customers.is_high_value and not customers.was_high_value then 1 else 0 end
                * settings.value_weight_high_value * credit.weight
    end as community_value_coefficient__n,
    case when customers.knows_referrals and has_members.month is not null then 0 * credit.weight end
        as community_value_coefficient__d
from {{ ref('int_credit_commerce') }} as credit
inner join {{ ref('int_customer_months') }} as customers on credit.record_id = customers.record_id
cross join {{ source('company', 'settings') }} as settings
left join (select distinct month from {{ ref('int_group_stocks') }}) as has_members
    on customers.month = has_members.month
where credit.record_type = 'customer'
