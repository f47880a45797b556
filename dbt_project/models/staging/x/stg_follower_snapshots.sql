with source as (
    select * from {{ source('landing', 'follower_snapshots') }}
),

renamed as (
    select
        coalesce({{ clean('account') }}, _subject_id, '') as account_id,
        {{ parse_date('day') }} as day,
        {{ clean('follower_id') }} as follower_key,
        {{ envelope() }}
    from source
)

select * from renamed
