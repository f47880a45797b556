with source as (
    select * from {{ source('landing', 'interviews') }}
),

renamed as (
    select
        {{ clean('interview_id') }} as interview_id,
        {{ parse_timestamp('held_at', '_tz') }} as held_at,
        {{ clean('interviewer') }} as person_key,
        {{ envelope() }}
    from source
)

select * from renamed
