with source as (
    select * from {{ source('landing', 'report_deliveries') }}
),

renamed as (
    select
        {{ clean('report_id') }} as report_id,
        {{ parse_timestamp('due_at', '_tz') }} as due_at,
        {{ parse_timestamp('delivered_at', '_tz') }} as delivered_at,
        {{ clean('person') }} as person_key,
        {{ envelope() }}
    from source
)

select * from renamed
