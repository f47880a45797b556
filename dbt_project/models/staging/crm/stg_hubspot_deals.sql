with source as (
    select * from {{ source('landing', 'hubspot_deals') }}
),

renamed as (
    select
        {{ clean('record_id') }} as deal_id,
        {{ clean('deal_owner') }} as owner_key,
        {{ clean('pipeline') }} as product,
        lower({{ clean('deal_stage') }}) as stage,
        {{ local_date(parse_timestamp('create_date', '_tz'), company_timezone()) }} as created_on,
        {{ parse_timestamp('close_date', '_tz') }} as closed_at,
        {{ parse_decimal('amount') }} as amount,
        upper({{ clean('currency') }}) as currency,
        {{ envelope() }}
    from source
)

select * from renamed
