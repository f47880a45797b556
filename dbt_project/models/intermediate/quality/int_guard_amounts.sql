{{ config(materialized='ephemeral') }}

-- Amounts that cannot be added up: orders in another currency or without a total, won deals without an amount.
-- Both withhold from whoever is credited with such a record, and from nobody else.
with foreign_orders as (
    select credit.month, credit.person_id, min(orders.currency) as currency, count(*) as n
    from {{ ref('int_orders') }} as orders
    inner join {{ ref('int_credit') }} as credit
        on orders.record_id = credit.record_id and credit.record_type = 'order'
    cross join {{ source('company', 'settings') }} as settings
    where orders.is_counted and orders.currency <> settings.currency and {{ in_run_months('orders.month') }}
    group by credit.month, credit.person_id
),

-- an order whose total is empty would add nothing to what its code or shop sold
orders_without_total as (
    select credit.month, credit.person_id, count(*) as n
    from {{ ref('int_orders') }} as orders
    inner join {{ ref('int_credit') }} as credit
        on orders.record_id = credit.record_id and credit.record_type = 'order'
    -- is_counted takes it for an order of nothing
    where
        orders.total_amount is null
        and not orders.is_test
        and not orders.is_staff
        and not orders.is_cancelled
        and {{ in_run_months('orders.month') }}
    group by credit.month, credit.person_id
),

won_without_amount as (
    -- more deals won than amounts known
    select
        components.month,
        components.person_id,
        sum(components.n_records) as n_won,
        sum(amounts.n_records) as n_amounts
    from {{ ref('fct_kpi_components') }} as components
    left join {{ ref('fct_kpi_components') }} as amounts
        on
            components.month = amounts.month
            and components.person_id = amounts.person_id
            and components.segment_id = amounts.segment_id
            and components.subject_type = amounts.subject_type
            and components.subject_id = amounts.subject_id
            and amounts.kpi_id = 'won_revenue'
    where components.kpi_id = 'deals_won' and {{ in_run_months('components.month') }}
    group by components.month, components.person_id
)

select
    month,
    'orders' as family,
    'person' as subject_type,
    person_id as subject_id,
    'coverage' as guard,
    'withhold' as severity,
    'conversion_revenue;community_sales;community_roi;average_order_value;existing_customer_revenue_share;'
    || 'social_revenue_per_session' as kpi_scope,
    'foreign_currency' as reason_code,
    {{ reason_json([('currency', 'currency', true), ('n', 'n', false)]) }} as reason_params,
    cast(n as bigint) as n,
    cast(n as bigint) as n_lost
from foreign_orders

union all

select
    month,
    'orders' as family,
    'person' as subject_type,
    person_id as subject_id,
    'coverage' as guard,
    'withhold' as severity,
    'conversion_revenue;community_sales;community_roi;average_order_value;existing_customer_revenue_share;'
    || 'social_revenue_per_session' as kpi_scope,
    'order_amount_missing' as reason_code,
    {{ reason_json([('n', 'n', false)]) }} as reason_params,
    cast(n as bigint) as n,
    cast(n as bigint) as n_lost
from orders_without_total

union all

select
    month,
    'deals' as family,
    'person' as subject_type,
    person_id as subject_id,
    'coverage' as guard,
    'withhold' as severity,
    'won_revenue' as kpi_scope,
    'amount_missing' as reason_code,
    {{ reason_json([('n', 'n_won - coalesce(n_amounts, 0)', false)]) }} as reason_params,
    cast(n_won - coalesce(n_amounts, 0) as bigint) as n,
    cast(n_won - coalesce(n_amounts, 0) as bigint) as n_lost
from won_without_amount
where n_won > coalesce(n_amounts, 0)
