with source as (
    select * from {{ source('landing', 'community_group_daily') }}
),

renamed as (
    select
        {{ clean('group_id') }} as group_id,
        {{ parse_date('day') }} as day,
        {{ clean('owner') }} as owner_key,
        {{ parse_count('members_total') }} as members_total,
        {{ parse_count('members_active') }} as members_active,
        {{ parse_count('messages') }} as messages,
        {{ parse_count('members_joined') }} as members_joined,
        {{ parse_count('members_left') }} as members_left,
        {{ parse_count('members_removed') }} as members_removed,
        {{ envelope() }}
    from source
)

select * from renamed
