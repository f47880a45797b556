with source as (
    select * from {{ source('landing', 'linkedin_ads') }}
),

renamed as (
    select
        coalesce(_subject_id, '') as account_id,
        {{ parse_date('day') }} as day,
        coalesce({{ clean('campaign') }}, '') as campaign_id,
        {{ parse_decimal('total_spent') }} as spend_amount,
        upper({{ clean('currency') }}) as currency,
        {{ parse_count('impressions') }} as impressions,
        {{ parse_count('clicks') }} as clicks,
        {{ parse_count('results') }} as results,
        {{ parse_count('reach') }} as reach,
        {{ envelope() }}
    from source
)

select * from renamed
