with source as (
    select * from {{ source('landing', 'hashtag_posts') }}
),

renamed as (
    select
        {{ clean('post_id') }} as post_id,
        lower(ltrim(trim(hashtag), '#＃')) as hashtag,
        {{ parse_timestamp('posted_at', '_tz') }} as posted_at,
        {{ clean('author_handle') }} as author_key,
        coalesce(try_cast(is_retweet as boolean), false) as is_retweet,
        {{ clean('account') }} as account_id,
        _subject_id,
        {{ envelope() }}
    from source
)

select * from renamed
