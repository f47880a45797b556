with source as (
    select * from {{ source('landing', 'member_activity') }}
),

renamed as (
    select
        {{ clean('group_id') }} as group_id,
        {{ clean('member_id') }} as member_key,
        {{ parse_date('day') }} as day,
        {{ is_staff_word('member_type') }} as is_staff,
        {{ parse_count('messages') }} as messages,
        {{ parse_count('valid_messages') }} as valid_messages,
        {{ parse_decimal('online_minutes') }} as online_minutes,
        {{ envelope() }}
    from source
)

select * from renamed
