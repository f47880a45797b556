{{ config(materialized='view') }}

-- An event whose numbers are not known counts with nothing and is withheld by int_guard_engagement: without a row here
-- nobody would be answerable for it.
with records as (
    select
        'event' as record_type,
        event_id as record_id,
        event_id,
        starts_at as occurred_at,
        has_conflict,
        _content_id,
        _row_no,
        coalesce(n_participants, 0) as participations,
        case when n_participants is not null and n_reached is not null then n_participants else 0 end as taking_part,
        case when n_participants is not null and n_reached is not null then n_reached else 0 end as reached,
        case when n_sign_ups is not null then case n_unknown when 0 then n_checked_in else 0 end end as checked_in,
        case when n_sign_ups is not null then case n_unknown when 0 then n_sign_ups else 0 end end as sign_ups,
        case when event_type = 'co_creation' then 1 end as co_creations,
        case when outputs is not null and outputs_adopted is not null then outputs end as outputs,
        case when outputs is not null then outputs_adopted end as outputs_adopted,
        0 as orders,
        coalesce(n_participants, 0) as buyers,
        incubation_days,
        cast(null as decimal(38, 6)) as gain,
        cast(null as decimal(38, 6)) as cost
    from {{ ref('int_events') }}
    union all
    select
        'event_settlement' as record_type,
        events.event_id as record_id,
        events.event_id,
        {{ midnight_utc('events.settled_on', company_timezone()) }} as occurred_at,
        events.has_conflict,
        events._content_id,
        events._row_no,
        null as participations,
        null as taking_part,
        null as reached,
        null as checked_in,
        null as sign_ups,
        null as co_creations,
        null as outputs,
        null as outputs_adopted,
        null as orders,
        null as buyers,
        null as incubation_days,
        case when {{ has_known_amounts('events', 'settings') }} then events.revenue - events.cost else 0 end as gain,
        case when {{ has_known_amounts('events', 'settings') }} then events.cost else 0 end as cost
    from {{ ref('int_events') }} as events
    cross join {{ source('company', 'settings') }} as settings
    where events.settled_on is not null
    union all
    select
        'event_order' as record_type,
        record_id,
        event_id,
        ordered_at as occurred_at,
        has_conflict,
        _content_id,
        _row_no,
        null as participations,
        null as taking_part,
        null as reached,
        null as checked_in,
        null as sign_ups,
        null as co_creations,
        null as outputs,
        null as outputs_adopted,
        1 as orders,
        0 as buyers,
        null as incubation_days,
        null as gain,
        null as cost
    from {{ ref('int_event_orders') }}
)

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    'event' as subject_type,
    records.event_id as subject_id,
    records.record_type,
    records.record_id,
    records.occurred_at,
    credit.weight,
    records.has_conflict,
    records._content_id,
    records._row_no,
    records.participations * credit.weight as event_participations__n,
    records.taking_part * credit.weight as event_participation_rate__n,
    records.reached * credit.weight as event_participation_rate__d,
    records.checked_in * credit.weight as event_attendance_rate__n,
    records.sign_ups * credit.weight as event_attendance_rate__d,
    records.gain * credit.weight as event_roi__n,
    records.cost * credit.weight as event_roi__d,
    records.co_creations * credit.weight as co_creation_events__n,
    case when records.co_creations is not null then records.outputs_adopted * credit.weight end
        as co_creation_output_conversion__n,
    case when records.co_creations is not null then records.outputs * credit.weight end
        as co_creation_output_conversion__d,
    records.orders * credit.weight as event_order_conversion__n,
    records.buyers * credit.weight as event_order_conversion__d,
    cast(records.incubation_days as decimal(18, 6)) as activity_incubation_days_p50__v
from {{ ref('int_credit_engagement') }} as credit
inner join records on credit.record_type = records.record_type and credit.record_id = records.record_id
