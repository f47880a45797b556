with source as (
    select * from {{ source('landing', 'ugc_items') }}
),

renamed as (
    select
        {{ clean('ugc_id') }} as ugc_id,
        {{ parse_timestamp('collected_at', '_tz') }} as collected_at,
        coalesce(try_cast(is_accepted as boolean), false) as is_accepted,
        {{ clean('collector') }} as collector_key,
        {{ clean('account') }} as account_id,
        lower({{ clean('campaign') }}) as campaign,
        _subject_id,
        {{ envelope() }}
    from source
)

select * from renamed
