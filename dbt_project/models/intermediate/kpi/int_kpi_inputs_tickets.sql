{{ config(materialized='view') }}

-- A ticket is credited twice, for two different acts: its first reply to the replier (month of creation) and its
-- resolution to the resolver (month of the last resolution).
with tickets as (
    select
        record_id,
        month,
        resolved_month,
        created_at,
        first_reply_at,
        first_reply_seconds,
        first_reply_business_seconds,
        resolved_at,
        resolve_seconds,
        is_sla_breach,
        has_conflict,
        _content_id,
        _row_no,
        case when coalesce(account_id, '') = '' then 'system' else 'account' end as subject_type,
        case when coalesce(account_id, '') = '' then source_system else account_id end as subject_id
    from {{ ref('int_tickets') }}
)

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    tickets.subject_type,
    tickets.subject_id,
    credit.record_type,
    credit.record_id,
    case credit.record_type when 'ticket_reply' then tickets.created_at else tickets.resolved_at end as occurred_at,
    credit.weight,
    tickets.has_conflict,
    tickets._content_id,
    tickets._row_no,
    case
        when credit.record_type = 'ticket_reply'
            then cast(tickets.first_reply_business_seconds / 60.0 as decimal(18, 6))
    end as first_reply_minutes_p50__v,
    case
        when credit.record_type = 'ticket_reply'
            then cast(tickets.first_reply_business_seconds / 60.0 as decimal(18, 6))
    end as first_reply_minutes_p90__v,
    case
        when credit.record_type = 'ticket_reply' then cast(tickets.first_reply_seconds / 60.0 as decimal(18, 6))
    end as first_reply_minutes_calendar_p50__v,
    case
        when credit.record_type = 'ticket_reply' and tickets.is_sla_breach is not null
            then case when tickets.is_sla_breach then 0 else credit.weight end
    end as first_reply_within_sla__n,
    case when credit.record_type = 'ticket_reply' and tickets.is_sla_breach is not null then credit.weight end
        as first_reply_within_sla__d,
    case when credit.record_type = 'ticket_resolve' then credit.weight end as tickets_resolved__n,
    case
        when credit.record_type = 'ticket_resolve' then cast(tickets.resolve_seconds / 60.0 as decimal(18, 6))
    end as resolution_minutes_p50__v
from {{ ref('int_credit') }} as credit
inner join tickets
    on
        credit.record_id = tickets.record_id
        and credit.month
        = case credit.record_type when 'ticket_reply' then tickets.month else tickets.resolved_month end
where credit.record_type in ('ticket_reply', 'ticket_resolve')
