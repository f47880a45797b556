{{ config(pre_hook="{{ store_plainly() }}", post_hook="{{ store_compactly() }}") }}

-- order-level values stand on the first of an order's lines: one row per order and file first
with orders_in_files as (
    select
        account_id,
        order_name,
        max(order_id) as order_id,
        coalesce(max(order_id), account_id || '/' || order_name) as record_id,
        max(customer_key) as customer_key,
        max(financial_status) as financial_status,
        min(ordered_at) as ordered_at,
        max(cancelled_at) as cancelled_at,
        max(currency) as currency,
        max(total_amount) as total_amount,
        max(discount_code) as discount_code,
        max(discount_amount) as discount_amount,
        max(refunded_amount) as refunded_amount,
        max(pos_actor_key) as pos_actor_key,
        max(sales_channel) as sales_channel,
        max(tags) as tags,
        count(*) as n_lines,
        min(total_amount) <> max(total_amount)
        or min(refunded_amount) <> max(refunded_amount) as is_ambiguous,
        _file_rank,
        'shopify_orders' as _spec_id,
        any_value(_exported_at) as _exported_at,
        any_value(_period_from) as _period_from,
        any_value(_period_to) as _period_to,
        min(_row_no) as _row_no
    from {{ ref('stg_shopify_order_lines') }}
    where order_name is not null
    -- the rank stands for the file: the rest of its envelope is the same in all of its rows
    group by account_id, order_name, _file_rank
),

orders as (
    select * from {{ chosen_versions(
        'orders_in_files',
        key=['record_id'],
        values=['total_amount', 'refunded_amount', 'cancelled_at', 'discount_code', 'pos_actor_key'],
        measures=['total_amount']
    ) }}
),

valued as (
    select
        *,
        {{ local_month('ordered_at', company_timezone()) }} as month,
        -- the export has no test flag: shops tag such orders
        coalesce(list_contains(list_transform(string_split(tags, ','), lambda tag: trim(tag)), 'test'), false)
            as is_test,
        cancelled_at is not null or coalesce(financial_status in ('voided', 'expired'), false) as is_cancelled
    from orders
)

select
    record_id,
    coalesce(order_id, order_name) as order_id,
    order_name,
    account_id,
    ordered_at,
    month,
    customer_key,
    financial_status as status,
    is_test,
    is_cancelled,
    not is_test and not is_cancelled and coalesce(total_amount, 0) <> 0 as is_counted,
    discount_code,
    pos_actor_key,
    sales_channel,
    currency,
    total_amount + coalesce(discount_amount, 0) as gross_amount,
    coalesce(discount_amount, 0) as discount_amount,
    total_amount,
    coalesce(refunded_amount, 0) as refunded_amount,
    total_amount - coalesce(refunded_amount, 0) as net_amount,
    n_lines,
    n_versions,
    has_conflict or coalesce(is_ambiguous, false) as has_conflict,
    {{ content_of_file('shopify_orders', '_file_rank') }} as _content_id,
    _row_no
from valued
where {{ in_run_months('month') }}
