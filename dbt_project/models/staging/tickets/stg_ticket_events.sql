-- the one table with millions of rows: landing has trimmed the ids already, so nothing is cleaned twice here
with source as (
    select
        *,
        try_cast(occurred_at as timestamp) as occurred_typed
    from {{ source('landing', 'ticket_events') }}
),

renamed as (
    select
        coalesce(_subject_id, '') as account_id,
        ticket_id,
        lower(trim(activity)) as activity,
        resource as agent_key,
        {{ parse_timestamp('occurred_at', '_tz', typed='occurred_typed') }} as occurred_at,
        {{ envelope() }}
    from source
)

select * from renamed
