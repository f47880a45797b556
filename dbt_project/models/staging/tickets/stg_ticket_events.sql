with source as (
    select * from {{ source('landing', 'ticket_events') }}
),

renamed as (
    select
        coalesce(_subject_id, '') as account_id,
        {{ clean('ticket_id') }} as ticket_id,
        lower(trim(activity)) as activity,
        {{ clean('resource') }} as agent_key,
        {{ parse_timestamp('occurred_at', '_tz') }} as occurred_at,
        {{ envelope() }}
    from source
)

select * from renamed
