-- hundreds of thousands of rows: landing has trimmed the texts and emptied the empty ones, so nothing is cleaned twice
with source as (
    select
        *,
        try_cast(created_at as timestamp) as created_typed
    from {{ source('landing', 'shopify_orders') }}
),

renamed as (
    select
        coalesce(_subject_id, '') as account_id,
        order_name,
        order_id,
        email as customer_key,
        lower(financial_status) as financial_status,
        {{ parse_timestamp('created_at', '_tz', typed='created_typed') }} as ordered_at,
        {{ parse_timestamp('paid_at', '_tz') }} as paid_at,
        {{ parse_timestamp('cancelled_at', '_tz') }} as cancelled_at,
        upper(currency) as currency,
        {{ parse_decimal('total') }} as total_amount,
        upper(discount_code) as discount_code,
        {{ parse_decimal('discount_amount') }} as discount_amount,
        {{ parse_decimal('refunded_amount') }} as refunded_amount,
        employee as pos_actor_key,
        lower(source) as sales_channel,
        lower(tags) as tags,
        {{ parse_timestamp('fulfilled_at', '_tz') }} as fulfilled_at,
        {{ envelope() }}
    from source
)

select * from renamed
