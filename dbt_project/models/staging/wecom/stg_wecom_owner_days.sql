with source as (
    select * from {{ source('landing', 'wecom_owner_days') }}
),

renamed as (
    select
        {{ clean('owner') }} as owner_key,
        {{ parse_date('day') }} as day,
        {{ parse_count('chat_total') }} as chat_total,
        {{ parse_count('member_total') }} as member_total,
        {{ parse_count('member_has_msg') }} as member_has_msg,
        {{ parse_count('msg_total') }} as msg_total,
        {{ envelope() }}
    from source
)

select * from renamed
