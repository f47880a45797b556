-- Persons + UNASSIGNED = the source's total, exactly, for the KPIs of events, surveys and crises, and for what stands
-- below the line of the resolution rate. The totals are taken from the facts without any credit.
{{ config(meta={'dagster': {'ref': {'name': 'fct_kpi_components'}}}) }}

with source_totals as (
    select
        month,
        'event_participations' as kpi_id,
        'numerator' as part,
        cast(sum(coalesce(n_participants, 0)) as decimal(38, 12)) as total
    from {{ ref('int_events') }}
    where {{ in_run_months('month') }}
    group by month
    union all
    select month, 'event_attendance_rate', 'denominator', cast(sum(n_sign_ups) as decimal(38, 12))
    from {{ ref('int_events') }}
    where n_unknown = 0 and {{ in_run_months('month') }}
    group by month
    union all
    select month, 'co_creation_events', 'numerator', cast(count(*) as decimal(38, 12))
    from {{ ref('int_events') }}
    where event_type = 'co_creation' and {{ in_run_months('month') }}
    group by month
    union all
    select events.settled_month, 'event_roi', 'denominator', cast(sum(events.cost) as decimal(38, 12))
    from {{ ref('int_events') }} as events
    cross join {{ source('company', 'settings') }} as settings
    where {{ has_known_amounts('events', 'settings') }} and {{ in_run_months('events.settled_month') }}
    group by events.settled_month
    union all
    select month, 'event_order_conversion', 'numerator', cast(count(*) as decimal(38, 12))
    from {{ ref('int_event_orders') }}
    group by month
    union all
    select month, 'csat_top2_share', 'denominator', cast(count(*) as decimal(38, 12))
    from {{ ref('int_surveys') }}
    where survey_kind = 'csat' and is_on_scale
    group by month
    union all
    select month, 'nps', 'denominator', cast(count(*) as decimal(38, 12))
    from {{ ref('int_surveys') }}
    where survey_kind = 'nps' and is_on_scale
    group by month
    union all
    select month, 'survey_response_rate', 'denominator', cast(count(*) as decimal(38, 12))
    from {{ ref('int_surveys') }}
    where is_sent_known
    group by month
    union all
    select month, 'crisis_response_within_sla', 'denominator', cast(count(is_response_late) as decimal(38, 12))
    from {{ ref('int_incidents') }}
    where kind = 'pr'
    group by month
    union all
    select month, 'crisis_resolution_within_sla', 'denominator', cast(count(is_resolution_late) as decimal(38, 12))
    from {{ ref('int_incidents') }}
    where kind = 'pr'
    group by month
    union all
    select month, 'ticket_resolution_rate', 'denominator', cast(count(*) as decimal(38, 12))
    from {{ ref('int_tickets') }}
    where {{ in_run_months('month') }}
    group by month
)

{{ totals_not_credited('source_totals') }}
