-- Persons + UNASSIGNED = the source's total, exactly, for what can be added up of commerce, customers, members and
-- costs. The totals are taken from the facts without any credit.
{{ config(meta={'dagster': {'ref': {'name': 'fct_kpi_components'}}}) }}

with source_totals as (
    select month, 'new_customers' as kpi_id, 'numerator' as part, cast(count(*) as decimal(38, 12)) as total
    from {{ ref('int_orders') }}
    where purchase_no = 1
    group by month
    union all
    select month, 'order_completion_rate', 'denominator', cast(count(*) as decimal(38, 12))
    from {{ ref('int_orders') }}
    where is_placed
    group by month
    union all
    select month, 'customer_referral_rate', 'numerator', cast(count(*) filter (where is_referred) as decimal(38, 12))
    from {{ ref('int_orders') }}
    where purchase_no = 1 and knows_referrals
    group by month
    union all
    select orders.month, 'average_order_value', 'numerator', cast(sum(orders.net_amount) as decimal(38, 12))
    from {{ ref('int_orders') }} as orders
    cross join {{ source('company', 'settings') }} as settings
    where
        orders.is_counted and orders.net_amount > 0
        and coalesce(orders.currency, settings.currency) = settings.currency
    group by orders.month
    union all
    select orders.month, 'community_sales', 'numerator', cast(sum(orders.net_amount) as decimal(38, 12))
    from {{ ref('int_orders') }} as orders
    cross join {{ source('company', 'settings') }} as settings
    where
        orders.is_counted and orders.is_community
        and coalesce(orders.currency, settings.currency) = settings.currency
    group by orders.month
    union all
    select
        orders.month,
        'existing_customer_revenue_share',
        'denominator',
        cast(sum(orders.net_amount) as decimal(38, 12))
    from {{ ref('int_orders') }} as orders
    cross join {{ source('company', 'settings') }} as settings
    where
        orders.purchase_no is not null
        and coalesce(orders.currency, settings.currency) = settings.currency
    group by orders.month
    union all
    select month, 'customer_lifetime_value', 'numerator', cast(sum(net_total) as decimal(38, 12))
    from {{ ref('int_customer_months') }}
    where is_active and is_valued
    group by month
    union all
    select month, 'high_value_retention', 'denominator', cast(count(*) as decimal(38, 12))
    from {{ ref('int_customer_months') }}
    where was_high_value
    group by month
    union all
    select month, 'member_conversion_rate', 'denominator', cast(sum(members_total) as decimal(38, 12))
    from {{ ref('int_group_stocks') }}
    where
        exists (
            select 1
            from {{ source('company', 'order_words') }} as order_words
            where order_words.meaning = 'community'
        )
    group by month
    union all
    select month, 'community_roi', 'denominator', cast(sum(amount) as decimal(38, 12))
    from {{ source('company', 'costs') }}
    where {{ in_run_months('month') }}
    group by month
)

{{ totals_not_credited('source_totals') }}
