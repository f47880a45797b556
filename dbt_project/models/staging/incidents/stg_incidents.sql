with source as (
    select * from {{ source('landing', 'incidents') }}
),

renamed as (
    select
        {{ clean('incident_id') }} as incident_id,
        {{ parse_timestamp('occurred_at', '_tz') }} as occurred_at,
        lower({{ clean('kind') }}) as kind,
        lower({{ clean('severity') }}) as severity,
        {{ clean('account') }} as account_id,
        {{ clean('responsible') }} as responsible_key,
        {{ parse_timestamp('responded_at', '_tz') }} as responded_at,
        {{ parse_timestamp('resolved_at', '_tz') }} as resolved_at,
        {{ envelope() }}
    from source
)

select * from renamed
