with source as (
    select * from {{ source('landing', 'chatwoot_events') }}
),

renamed as (
    select
        coalesce(_subject_id, '') as account_id,
        {{ clean('event_id') }} as event_id,
        lower({{ clean('event_name') }}) as event_name,
        {{ clean('user_id') }} as user_key,
        {{ clean('conversation_id') }} as conversation_id,
        {{ clean('inbox_id') }} as inbox_id,
        {{ parse_timestamp('event_start_time', '_tz') }} as started_at,
        {{ parse_timestamp('event_end_time', '_tz') }} as ended_at,
        {{ envelope() }}
    from source
)

select * from renamed
