with source as (
    select * from {{ source('landing', 'funnel_reports') }}
),

renamed as (
    select
        cast(date_trunc('month', {{ parse_date('period_start') }}) as date) as month,
        replace(lower({{ clean('step') }}), ' ', '_') as step,
        {{ parse_decimal('reported_value') }} as reported_value,
        {{ clean('person') }} as person_key,
        {{ envelope() }}
    from source
)

select * from renamed
