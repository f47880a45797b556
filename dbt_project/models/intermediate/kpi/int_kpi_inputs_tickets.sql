{{ config(materialized='view') }}

select
    month,
    person_id,
    segment_id,
    case when coalesce(account_id, '') = '' then 'system' else 'account' end as subject_type,
    case when coalesce(account_id, '') = '' then source_system else account_id end as subject_id,
    record_type,
    record_id,
    occurred_at,
    weight,
    has_conflict,
    _content_id,
    _row_no,
    case
        when record_type = 'ticket_reply' then cast(first_reply_business_seconds / 60.0 as decimal(18, 6))
    end as first_reply_minutes_p50__v,
    case
        when record_type = 'ticket_reply' then cast(first_reply_business_seconds / 60.0 as decimal(18, 6))
    end as first_reply_minutes_p90__v,
    case
        when record_type = 'ticket_reply' then cast(first_reply_seconds / 60.0 as decimal(18, 6))
    end as first_reply_minutes_calendar_p50__v,
    case
        when record_type = 'ticket_reply' and is_sla_breach is not null
            then case when is_sla_breach then 0 else weight end
    end as first_reply_within_sla__n,
    case when record_type = 'ticket_reply' and is_sla_breach is not null then weight end as first_reply_within_sla__d,
    case when record_type = 'ticket_resolve' then weight end as tickets_resolved__n,
    case
        when record_type = 'ticket_resolve' then cast(resolve_seconds / 60.0 as decimal(18, 6))
    end as resolution_minutes_p50__v,
    case when record_type = 'ticket_reply' then case when is_resolved then weight else 0 end end
        as ticket_resolution_rate__n,
    case when record_type = 'ticket_reply' then weight end as ticket_resolution_rate__d
from {{ ref('int_ticket_credit') }}
