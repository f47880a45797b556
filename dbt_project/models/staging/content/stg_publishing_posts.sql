with source as (
    select
        *,
        -- Buffer has the id in the link alone; a report without the column has none
        coalesce({{ clean('post_id') }}, nullif(regexp_extract(post_link, '/status(?:es)?/([0-9]+)', 1), ''))
            as x_post_id
    from {{ source('landing', 'publishing_posts') }}
),

renamed as (
    select
        x_post_id as post_id,
        {{ snowflake_timestamp('x_post_id') }} as created_at,
        coalesce(lower({{ clean('network') }}) in ('x', 'twitter', 'x (twitter)', 'twitter/x', 'x/twitter'), false)
            as is_x,
        {{ clean('profile') }} as account_id,
        {{ clean('sent_by') }} as sent_by_key,
        {{ parse_count('impressions') }} as impressions,
        {{ parse_count('reach') }} as reach,
        {{ parse_count('engagements') }} as engagements,
        {{ envelope() }}
    from source
)

select * from renamed
