with source as (
    select * from {{ source('landing', 'x_ads') }}
),

renamed as (
    select
        coalesce(_subject_id, '') as account_id,
        {{ parse_date('day') }} as day,
        coalesce({{ clean('campaign') }}, '') as campaign_id,
        coalesce(
            {{ parse_decimal('spend') }}, cast({{ parse_decimal('spend_micro') }} * 0.000001 as decimal(38, 6))
        ) as spend_amount,
        upper({{ clean('currency') }}) as currency,
        {{ parse_count('impressions') }} as impressions,
        {{ parse_count('clicks') }} as clicks,
        {{ parse_count('results') }} as results,
        {{ parse_count('reach') }} as reach,
        {{ envelope() }}
    from source
)

select * from renamed
