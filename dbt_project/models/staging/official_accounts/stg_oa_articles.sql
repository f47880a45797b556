with source as (
    select * from {{ source('landing', 'oa_articles') }}
),

renamed as (
    select
        {{ clean('article_id') }} as article_id,
        coalesce({{ clean('account') }}, _subject_id, '') as account_id,
        {{ parse_timestamp('published_at', '_tz') }} as published_at,
        {{ parse_count('delivered') }} as delivered,
        {{ parse_count('readers') }} as readers,
        {{ parse_count('reads') }} as reads,
        {{ parse_count('shares') }} as shares,
        {{ parse_count('favourites') }} as favourites,
        {{ parse_count('likes') }} as likes,
        {{ parse_count('zaikan') }} as zaikan,
        {{ parse_count('comments') }} as comments,
        coalesce(try_cast(is_delay as boolean), false) as is_delayed,
        {{ envelope() }}
    from source
)

select * from renamed
