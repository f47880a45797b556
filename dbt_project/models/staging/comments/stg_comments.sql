with source as (
    select * from {{ source('landing', 'comments') }}
),

renamed as (
    select
        {{ clean('comment_id') }} as comment_id,
        {{ parse_timestamp('commented_at', '_tz') }} as commented_at,
        lower(coalesce({{ clean('network') }}, '')) as network,
        {{ clean('author_handle') }} as author_key,
        comment_kind,
        comment_hash,
        {{ clean('account') }} as account_id,
        lower({{ clean('campaign') }}) as campaign,
        _subject_id,
        {{ envelope() }}
    from source
)

select * from renamed
