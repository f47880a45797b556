with source as (
    select * from {{ source('landing', 'shopify_orders') }}
),

renamed as (
    select
        coalesce(_subject_id, '') as account_id,
        {{ clean('order_name') }} as order_name,
        {{ clean('order_id') }} as order_id,
        {{ clean('email') }} as customer_key,
        lower({{ clean('financial_status') }}) as financial_status,
        {{ parse_timestamp('created_at', '_tz') }} as ordered_at,
        {{ parse_timestamp('paid_at', '_tz') }} as paid_at,
        {{ parse_timestamp('cancelled_at', '_tz') }} as cancelled_at,
        upper({{ clean('currency') }}) as currency,
        {{ parse_decimal('total') }} as total_amount,
        upper({{ clean('discount_code') }}) as discount_code,
        {{ parse_decimal('discount_amount') }} as discount_amount,
        {{ parse_decimal('refunded_amount') }} as refunded_amount,
        {{ clean('employee') }} as pos_actor_key,
        lower({{ clean('source') }}) as sales_channel,
        lower(tags) as tags,
        {{ envelope() }}
    from source
)

select * from renamed
