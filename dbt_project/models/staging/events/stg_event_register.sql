with source as (
    select * from {{ source('landing', 'event_register') }}
),

renamed as (
    select
        {{ clean('event_id') }} as event_id,
        case
            when
                lower({{ clean('event_type') }})
                in ('co_creation', 'co-creation', 'co creation', 'cocreation', '共创', '共創')
                then 'co_creation'
            else lower({{ clean('event_type') }})
        end as event_type,
        {{ parse_timestamp('starts_at', '_tz') }} as starts_at,
        {{ clean('organiser') }} as organiser_key,
        {{ clean('community_id') }} as community_id,
        {{ clean('group_id') }} as group_id,
        lower({{ clean('campaign_id') }}) as campaign_id,
        upper({{ clean('promo_code') }}) as promo_code,
        {{ parse_count('invited') }} as invited,
        {{ parse_count('participants') }} as participants,
        {{ parse_decimal('cost') }} as cost,
        {{ parse_decimal('revenue') }} as revenue,
        upper({{ clean('currency') }}) as currency,
        {{ parse_date('settled_on') }} as settled_on,
        {{ parse_count('outputs') }} as outputs,
        {{ parse_count('outputs_adopted') }} as outputs_adopted,
        {{ parse_date('idea_on') }} as idea_on,
        {{ envelope() }}
    from source
)

select * from renamed
