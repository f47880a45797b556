with source as (
    select * from {{ source('landing', 'crm_opportunities') }}
),

renamed as (
    select
        {{ clean('opportunity_id') }} as deal_id,
        {{ clean('owner') }} as owner_key,
        {{ clean('product') }} as product,
        lower({{ clean('stage') }}) as stage,
        {{ parse_date('engage_date') }} as created_on,
        {{ parse_timestamp('close_date', '_tz') }} as closed_at,
        {{ parse_decimal('amount') }} as amount,
        cast(null as varchar) as currency,
        {{ envelope() }}
    from source
)

select * from renamed
