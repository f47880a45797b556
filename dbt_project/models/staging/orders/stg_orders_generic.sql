-- landing has trimmed the texts and emptied the empty ones, so nothing is cleaned twice
with source as (
    select * from {{ source('landing', 'orders_generic') }}
),

renamed as (
    select
        coalesce(_subject_id, '') as account_id,
        order_no as order_name,
        buyer as customer_key,
        lower(order_status) as order_status,
        {{ parse_timestamp('placed_at', '_tz') }} as ordered_at,
        {{ parse_timestamp('cancelled_at', '_tz') }} as cancelled_at,
        {{ parse_timestamp('completed_at', '_tz') }} as completed_at,
        upper(currency) as currency,
        {{ parse_decimal('paid_amount') }} as total_amount,
        upper(promo_code) as discount_code,
        {{ parse_decimal('discount_amount') }} as discount_amount,
        {{ parse_decimal('refunded_amount') }} as refunded_amount,
        lower(channel) as sales_channel,
        referrer as referrer_key,
        lower(tags) as tags,
        {{ envelope() }}
    from source
)

select * from renamed
