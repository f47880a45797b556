with source as (
    select * from {{ source('landing', 'zendesk_tickets') }}
),

renamed as (
    select
        coalesce(_subject_id, '') as account_id,
        {{ clean('ticket_id') }} as ticket_id,
        {{ clean('ticket_group') }} as inbox_id,
        {{ clean('assignee') }} as agent_key,
        lower({{ clean('status') }}) as status,
        {{ parse_timestamp('created_at', '_tz') }} as created_at,
        {{ parse_decimal('first_reply_minutes') }} as first_reply_minutes,
        {{ parse_timestamp('solved_at', '_tz') }} as solved_at,
        {{ parse_decimal('full_resolution_minutes') }} as full_resolution_minutes,
        {{ clean('satisfaction') }} as satisfaction,
        {{ envelope() }}
    from source
)

select * from renamed
