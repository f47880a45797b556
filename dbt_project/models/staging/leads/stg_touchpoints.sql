with source as (
    select * from {{ source('landing', 'touchpoints') }}
),

renamed as (
    select
        {{ clean('customer') }} as customer_key,
        {{ parse_timestamp('touched_at', '_tz') }} as touched_at,
        lower(coalesce({{ clean('utm_source') }}, '')) as utm_source,
        lower(coalesce({{ clean('utm_medium') }}, '')) as utm_medium,
        lower(coalesce({{ clean('utm_campaign') }}, '')) as utm_campaign,
        lower(coalesce({{ clean('utm_content') }}, '')) as utm_content,
        {{ envelope() }}
    from source
)

select * from renamed
