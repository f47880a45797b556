{{ config(materialized='ephemeral') }}

-- Tickets whose times contradict each other: answered or solved before they were created (a schedule or a time zone
-- that changed), or answered and solved without ever having been opened (a log that was cut at its head, where the
-- first answer would pass for the opening and every reply for one within no time). A log whose company has no word for
-- opening, or that never uses it, has nothing to miss; neither has a month before which the desk has no tickets.
with counts as (
    select
        month,
        account_id,
        count(*) as n_total,
        count(case when first_reply_at < created_at or resolved_at < created_at then 1 end) as n_reversed,
        count(case when not was_opened then 1 end) as n_unopened,
        count(case when was_opened then 1 end) as n_opened
    from {{ ref('int_tickets') }}
    where {{ in_run_months('month') }}
    group by month, account_id
),

judged as (
    select
        counts.month,
        counts.account_id,
        counts.n_total,
        counts.n_reversed as n,
        'coverage' as guard,
        'times_reversed' as reason_code
    from counts
    where counts.n_reversed > 0

    union all

    select
        counts.month,
        counts.account_id,
        counts.n_total,
        counts.n_unopened as n,
        'reconciliation' as guard,
        'tickets_unopened' as reason_code
    from counts
    inner join (
        select coalesce(subject_id, '') as account_id, min(first_day) as first_day
        from {{ source('landing', 'files') }}
        where family = 'tickets'
        group by coalesce(subject_id, '')
    ) as desks on coalesce(counts.account_id, '') = desks.account_id
    where counts.n_unopened > 0 and counts.n_opened > 0 and desks.first_day < counts.month
),

weighed as (
    select *, n > (1 - {{ setting('quality_bar') }}) * n_total as is_withheld
    from judged
)

select
    month,
    'tickets' as family,
    case when coalesce(account_id, '') = '' then 'family' else 'account' end as subject_type,
    case when coalesce(account_id, '') = '' then 'tickets' else account_id end as subject_id,
    guard,
    case when is_withheld then 'withhold' else 'note' end as severity,
    'first_reply_minutes_calendar_p50;first_reply_minutes_p50;first_reply_minutes_p90;first_reply_within_sla;'
    || 'resolution_minutes_p50' as kpi_scope,
    reason_code,
    {{ reason_json([
        ('n', 'n', false),
        ('share', percent_text('n', 'n_total'), true),
        ('subject', "coalesce(account_id, '')", true),
        ('total', 'n_total', false),
    ]) }} as reason_params,
    cast(n as bigint) as n,
    cast(case when is_withheld then n else 0 end as bigint) as n_lost
from weighed
