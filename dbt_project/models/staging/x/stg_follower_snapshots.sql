with source as (
    select * from {{ source('landing', 'follower_snapshots') }}
),

renamed as (
    select
        coalesce({{ clean('account') }}, _subject_id, '') as account_id,
        {{ parse_date('day') }} as day,
        {{ clean('follower_id') }} as follower_key,
        {{ parse_count('followers_count') }} as followers_count,
        {{ parse_count('following_count') }} as following_count,
        {{ parse_count('post_count') }} as post_count,
        {{ parse_count('listed_count') }} as listed_count,
        {{ clean('url') }} = 'true' as has_url,
        {{ parse_date('created_on') }} as created_on,
        {{ envelope() }}
    from source
)

select * from renamed
