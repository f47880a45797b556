with source as (
    select * from {{ source('landing', 'wecom_user_days') }}
),

renamed as (
    select
        {{ clean('userid') }} as user_key,
        {{ parse_date('day') }} as day,
        {{ parse_count('chat_cnt') }} as chat_cnt,
        {{ parse_count('message_cnt') }} as message_cnt,
        {{ parse_decimal('avg_reply_time') }} as avg_reply_minutes,
        {{ parse_count('negative_feedback_cnt') }} as negative_feedback_cnt,
        {{ parse_count('new_contact_cnt') }} as new_contact_cnt,
        {{ envelope() }}
    from source
)

select * from renamed
