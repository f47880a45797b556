with source as (
    select
        *,
        strlen(trim(due_at)) = 10 as is_due_day,
        -- a day alone is due until it ends: the moment before the next midnight
        case when strlen(trim(due_at)) = 10 then cast(cast(due_at as date) + 1 as varchar) else due_at end as due_text
    from {{ source('landing', 'content_items') }}
),

renamed as (
    select
        {{ clean('item_id') }} as item_id,
        case lower({{ clean('content_type') }})
            when '文章' then 'article'
            when '图文' then 'article'
            when '视频' then 'video'
            when '活动' then 'event'
            when '帖子' then 'post'
            else lower({{ clean('content_type') }})
        end as content_type,
        {{ parse_timestamp('due_text', '_tz') }}
        - case when is_due_day then interval '1' microsecond else interval '0' microsecond end as due_at,
        {{ parse_timestamp('published_at', '_tz') }} as published_at,
        coalesce(lower({{ clean('status') }}) in ('cancelled', 'canceled', '已取消', '取消'), false) as is_cancelled,
        {{ clean('account') }} as account_id,
        {{ clean('platform_id') }} as platform_id,
        {{ clean('author') }} as author_1_key,
        {{ clean('co_author') }} as author_2_key,
        {{ clean('co_author_2') }} as author_3_key,
        {{ parse_decimal('author_share') }} as author_1_share,
        {{ parse_decimal('co_author_share') }} as author_2_share,
        {{ parse_decimal('co_author_2_share') }} as author_3_share,
        {{ envelope() }}
    from source
)

select * from renamed
