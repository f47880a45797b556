with source as (
    select * from {{ source('landing', 'web_traffic') }}
),

renamed as (
    select
        {{ parse_date('day') }} as day,
        lower(coalesce({{ clean('utm_source') }}, '')) as utm_source,
        lower(coalesce({{ clean('utm_medium') }}, '')) as utm_medium,
        lower(coalesce({{ clean('utm_campaign') }}, '')) as utm_campaign,
        lower(coalesce({{ clean('utm_content') }}, '')) as utm_content,
        {{ parse_count('sessions') }} as sessions,
        {{ envelope() }}
    from source
)

select * from renamed
