with source as (
    select * from {{ source('landing', 'x_posts_content') }}
),

renamed as (
    select
        {{ clean('post_id') }} as post_id,
        nullif(_subject_id, '') as account_id,
        coalesce({{ snowflake_timestamp('post_id') }}, {{ parse_timestamp('posted_on', '_tz') }}) as created_at,
        post_text_kind as text_kind,
        {{ clean('post_text_signature') }} as signature,
        {{ clean('post_text_alike') }} as text_alike,
        {{ parse_count('impressions') }} as impressions,
        {{ parse_count('likes') }} as likes,
        {{ parse_count('replies') }} as replies,
        {{ parse_count('reposts') }} as reposts,
        {{ parse_count('bookmarks') }} as bookmarks,
        {{ parse_count('engagements') }} as engagements,
        {{ parse_count('url_clicks') }} as url_clicks,
        {{ parse_count('profile_visits') }} as profile_clicks,
        {{ parse_count('new_follows') }} as follows,
        {{ envelope() }}
    from source
)

select * from renamed
