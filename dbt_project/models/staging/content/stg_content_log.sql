with source as (
    select * from {{ source('landing', 'content_log') }}
),

renamed as (
    select
        {{ clean('post_id') }} as post_id,
        {{ parse_timestamp('published_at', '_tz') }} as published_at,
        {{ clean('author') }} as author_key,
        try_cast(is_original as boolean) as is_original,
        lower({{ clean('format') }}) as format,
        {{ envelope() }}
    from source
)

select * from renamed
