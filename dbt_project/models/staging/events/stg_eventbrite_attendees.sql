with source as (
    select * from {{ source('landing', 'eventbrite_attendees') }}
),

renamed as (
    select
        {{ clean('event_id') }} as event_id,
        {{ clean('attendee_id') }} as attendee_id,
        {{ parse_timestamp('ordered_at', '_tz') }} as ordered_at,
        {{ clean('email') }} as customer_key,
        case lower({{ clean('status') }})
            when 'attending' then 'signed_up'
            when 'checked in' then 'checked_in'
            when 'refunded' then 'refunded'
            when 'not attending' then 'cancelled'
        end as status,
        coalesce(lower({{ clean('checked_in') }}) in ('yes', 'checked in', 'true', '1'), false) as has_check_in,
        -- tickets that the organiser gave away are no sign-ups; the order says so in one of these words
        coalesce(
            regexp_matches(lower({{ clean('order_type') }}), 'manual|complimentary|comp order|added by organi[sz]er'),
            false
        ) as is_issued,
        cast(null as varchar) as reissued_from,
        {{ envelope() }}
    from source
)

select * from renamed
