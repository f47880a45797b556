with source as (
    select * from {{ source('landing', 'referrals') }}
),

renamed as (
    select
        customer as customer_key,
        referrer as referrer_key,
        {{ parse_timestamp('referred_at', '_tz') }} as referred_at,
        {{ envelope() }}
    from source
)

select * from renamed
