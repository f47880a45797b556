with source as (
    select * from {{ source('landing', 'group_member_snapshots') }}
),

renamed as (
    select
        {{ clean('group_id') }} as group_id,
        {{ clean('member_id') }} as member_key,
        {{ parse_date('snapshot_date') }} as snapshot_day,
        {{ parse_timestamp('join_time', '_tz') }} as joined_at,
        {{ is_staff_word('member_type') }} as is_staff,
        {{ clean('join_scene') }} as join_scene,
        {{ clean('invitor') }} as invitor_key,
        {{ envelope() }}
    from source
)

select * from renamed
