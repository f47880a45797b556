with source as (
    select * from {{ source('landing', 'oa_user_days') }}
),

renamed as (
    select
        coalesce({{ clean('account') }}, _subject_id, '') as account_id,
        {{ parse_date('day') }} as day,
        {{ parse_count('new_users') }} as new_users,
        {{ parse_count('cancelled_users') }} as cancelled_users,
        {{ parse_count('cumulative_users') }} as cumulative_users,
        {{ envelope() }}
    from source
)

select * from renamed
