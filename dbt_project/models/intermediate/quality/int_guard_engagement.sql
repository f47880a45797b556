{{ config(materialized='ephemeral') }}

-- Events and answers that are there and cannot be counted. Each withholds what it would count for from whoever is
-- credited with it, and from nobody else.
with event_problems as (
    select
        credit.month,
        credit.person_id,
        sum(case when events.n_participants is null then 1 else 0 end) as n_without_participants,
        sum(case when events.n_participants is not null and events.n_reached is null then 1 else 0 end)
            as n_without_reach
    from {{ ref('int_credit_engagement') }} as credit
    inner join {{ ref('int_events') }} as events on credit.record_id = events.event_id
    where credit.record_type = 'event'
    group by credit.month, credit.person_id
),

settlement_problems as (
    select credit.month, credit.person_id, count(*) as n
    from {{ ref('int_credit_engagement') }} as credit
    inner join {{ ref('int_events') }} as events on credit.record_id = events.event_id
    cross join {{ source('company', 'settings') }} as settings
    where credit.record_type = 'event_settlement' and not {{ has_known_amounts('events', 'settings') }}
    group by credit.month, credit.person_id
),

survey_problems as (
    select credit.month, credit.person_id, surveys.survey_kind, count(*) as n
    from {{ ref('int_credit_engagement') }} as credit
    inner join {{ ref('int_surveys') }} as surveys on credit.record_id = surveys.response_id
    where credit.record_type = 'survey_answer' and not surveys.is_on_scale
    group by credit.month, credit.person_id, surveys.survey_kind
),

ticket_months as (
    select event_id, attendee_id, {{ local_month('ordered_at', company_timezone()) }} as month
    from {{ ref('stg_eventbrite_attendees') }}
    union
    select event_id, attendee_id, {{ local_month('ordered_at', company_timezone()) }} as month
    from {{ ref('stg_accupass_participants') }}
),

unregistered as (
    select ticket_months.month, count(*) as n
    from ticket_months
    left join (select distinct event_id from {{ ref('stg_event_register') }}) as register
        on ticket_months.event_id = register.event_id
    where register.event_id is null and {{ in_run_months('ticket_months.month') }}
    group by ticket_months.month
),

problems as (
    select
        month,
        person_id,
        'events' as family,
        'event_attendance_rate;event_order_conversion;event_participation_rate;event_participations' as kpi_scope,
        'event_participants_missing' as reason_code,
        n_without_participants as n
    from event_problems
    where n_without_participants > 0
    union all
    select
        month,
        person_id,
        'events' as family,
        'event_participation_rate' as kpi_scope,
        'event_reach_missing' as reason_code,
        n_without_reach as n
    from event_problems
    where n_without_reach > 0
    union all
    select
        month,
        person_id,
        'events' as family,
        'event_roi' as kpi_scope,
        'event_amounts_missing' as reason_code,
        n
    from settlement_problems
    union all
    select
        month,
        person_id,
        'surveys' as family,
        case survey_kind when 'nps' then 'nps' else 'csat_top2_share' end as kpi_scope,
        'survey_scale' as reason_code,
        n
    from survey_problems
)

select
    month,
    family,
    'person' as subject_type,
    person_id as subject_id,
    'coverage' as guard,
    'withhold' as severity,
    kpi_scope,
    reason_code,
    {{ reason_json([('n', 'n', false)]) }} as reason_params,
    cast(n as bigint) as n,
    cast(n as bigint) as n_lost
from problems

union all

select
    unregistered.month,
    'events' as family,
    'family' as subject_type,
    'events' as subject_id,
    'coverage' as guard,
    'note' as severity,
    '' as kpi_scope,
    'event_unregistered' as reason_code,
    {{ reason_json([('n', 'unregistered.n', false)]) }} as reason_params,
    unregistered.n,
    cast(0 as bigint) as n_lost
from unregistered
