{{ config(materialized='view') }}

-- A ticket is credited twice, for two different acts: its first reply to the replier (month of creation) and its
-- resolution to the resolver (month of the last resolution).
with acts as (
    select
        *,
        'ticket_reply' as record_type,
        month as credit_month,
        created_at as occurred_at,
        reply_window_id as window_id
    from {{ ref('int_tickets') }}
    where {{ in_run_months('month') }}
    union all
    select
        *,
        'ticket_resolve' as record_type,
        resolved_month as credit_month,
        resolved_at as occurred_at,
        resolve_window_id as window_id
    from {{ ref('int_tickets') }}
    where {{ in_run_months('resolved_month') }}
)

select
    acts.record_type,
    acts.record_id,
    acts.credit_month as month,
    {{ credited_person('members') }},
    'split' as credit_kind,
    acts.occurred_at,
    acts.account_id,
    acts.source_system,
    acts.first_reply_seconds,
    acts.first_reply_business_seconds,
    acts.resolve_seconds,
    acts.is_sla_breach,
    acts.is_resolved,
    acts.has_conflict,
    case acts.source_system
        when 'tickets' then {{ content_of_file('ticket_events', 'acts._file_rank') }}
        when 'zendesk' then {{ content_of_file('zendesk_tickets', 'acts._file_rank') }}
        when 'chatwoot'
            then coalesce(
                {{ content_of_file('chatwoot_events', 'acts._file_rank') }},
                {{ content_of_file('chatwoot_conversations', '-acts._file_rank') }}
            )
    end as _content_id,
    acts._row_no
from acts
left join {{ ref('int_credit_windows') }} as members on acts.window_id = members.window_id
