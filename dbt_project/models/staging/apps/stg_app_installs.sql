with source as (
    select * from {{ source('landing', 'app_installs') }}
),

renamed as (
    select
        {{ parse_date('day') }} as day,
        {{ clean('app_id') }} as app_id,
        lower(coalesce({{ clean('app_platform') }}, '')) as app_platform,
        lower({{ clean('media_source') }}) as media_source,
        lower(coalesce({{ clean('campaign') }}, '')) as campaign_id,
        lower(coalesce({{ clean('utm_content') }}, '')) as utm_content,
        {{ parse_count('installs') }} as installs,
        {{ envelope() }}
    from source
)

select * from renamed
