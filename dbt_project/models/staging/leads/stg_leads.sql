with source as (
    select * from {{ source('landing', 'leads') }}
),

renamed as (
    select
        {{ clean('lead_id') }} as lead_id,
        {{ parse_timestamp('created_at', '_tz') }} as created_at,
        {{ clean('email') }} as customer_key,
        lower(coalesce({{ clean('utm_source') }}, '')) as utm_source,
        lower(coalesce({{ clean('utm_medium') }}, '')) as utm_medium,
        lower(coalesce({{ clean('utm_campaign') }}, '')) as utm_campaign,
        lower(coalesce({{ clean('utm_content') }}, '')) as utm_content,
        {{ clean('owner') }} as owner_key,
        lower({{ clean('status') }}) as status,
        {{ parse_timestamp('converted_at', '_tz') }} as converted_at,
        email is not null as has_email,
        name = 'true' as has_name,
        phone = 'true' as has_phone,
        company = 'true' as has_company,
        concat_ws('', utm_source, utm_medium, utm_campaign, utm_content)
        <> lower(concat_ws('', utm_source, utm_medium, utm_campaign, utm_content)) as has_upper_case,
        {{ envelope() }}
    from source
)

select * from renamed
