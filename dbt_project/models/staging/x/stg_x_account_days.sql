with source as (
    select * from {{ source('landing', 'x_account_daily') }}
),

renamed as (
    select
        coalesce(_subject_id, '') as account_id,
        {{ parse_date('day') }} as day,
        {{ parse_count('impressions') }} as impressions,
        {{ parse_count('engagements') }} as engagements,
        {{ parse_count('likes') }} as likes,
        {{ parse_count('bookmarks') }} as bookmarks,
        {{ parse_count('shares') }} as shares,
        {{ parse_count('new_follows') }} as new_follows,
        {{ parse_count('unfollows') }} as unfollows,
        {{ parse_count('replies') }} as replies,
        {{ parse_count('reposts') }} as reposts,
        {{ parse_count('profile_visits') }} as profile_visits,
        {{ parse_count('create_post') }} as posts_created,
        {{ parse_count('video_views') }} as video_views,
        {{ parse_count('media_views') }} as media_views,
        {{ envelope() }}
    from source
)

select * from renamed
