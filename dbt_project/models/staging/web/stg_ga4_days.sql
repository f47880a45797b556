with source as (
    select * from {{ source('landing', 'ga4_traffic') }}
),

renamed as (
    select
        {{ parse_date('day') }} as day,
        lower(trim(split_part(coalesce(source_medium, ''), ' / ', 1))) as utm_source,
        lower(trim(split_part(coalesce(source_medium, ''), ' / ', 2))) as utm_medium,
        lower(coalesce({{ clean('utm_campaign') }}, '')) as utm_campaign,
        lower(coalesce({{ clean('utm_content') }}, '')) as utm_content,
        {{ parse_count('sessions') }} as sessions,
        {{ envelope() }}
    from source
)

select * from renamed
