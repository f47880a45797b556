with source as (
    select * from {{ source('landing', 'account_followers') }}
),

renamed as (
    select
        coalesce(nullif(trim(account), ''), _subject_id, '') as account_id,
        {{ parse_date('day') }} as day,
        {{ parse_count('followers') }} as followers,
        {{ envelope() }}
    from source
)

select * from renamed
