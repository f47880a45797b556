with source as (
    select * from {{ source('landing', 'chatwoot_conversations') }}
),

renamed as (
    select
        coalesce(_subject_id, '') as account_id,
        {{ clean('conversation_id') }} as conversation_id,
        {{ clean('inbox_id') }} as inbox_id,
        {{ parse_timestamp('conversation_created_at', '_tz') }} as created_at,
        {{ envelope() }}
    from source
)

select * from renamed
