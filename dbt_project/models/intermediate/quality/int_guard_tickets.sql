{{ config(materialized='ephemeral') }}

-- Tickets whose times contradict each other: answered or solved before they were created (a schedule or a time zone
-- that changed), or answered and solved without ever having been opened (a log that was cut at its head, where the
-- first answer would pass for the opening and every reply for one within no time). A log whose company has no word for
-- opening, or that never uses it, has nothing to miss; neither has a month before which the desk has no tickets.
-- And tickets of nobody's whose desk was given to somebody as an inbox, while the desk has inboxes of other names: what
-- that person answers for cannot be told.
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
),

astray as (
    select
        tickets.month,
        tickets.account_id,
        assigned.person_id,
        count(*) as n
    from {{ ref('int_tickets') }} as tickets
    inner join (
        select distinct subject_id, person_id, valid_from, valid_to
        from {{ source('company', 'assignments') }}
        where subject_type = 'inbox'
    ) as assigned
        on
            tickets.account_id = assigned.subject_id
            and {{ local_date('tickets.created_at', company_timezone()) }} >= assigned.valid_from
            and {{ local_date('tickets.created_at', company_timezone()) }} < assigned.valid_to
    where
        {{ in_run_months('tickets.month') }}
        and tickets.names_inbox
        and (
            (tickets.first_reply_at is not null and tickets.reply_window_id is null)
            or (tickets.resolved_at is not null and tickets.resolve_window_id is null)
        )
    group by tickets.month, tickets.account_id, assigned.person_id
)

select
    month,
    'tickets' as family,
    'person' as subject_type,
    person_id as subject_id,
    'identity' as guard,
    'withhold' as severity,
    '' as kpi_scope,
    'inbox_is_account' as reason_code,
    {{ reason_json([
        ('n', 'sum(n)', false),
        ('subject', "string_agg(account_id, ', ' order by account_id)", true),
    ]) }} as reason_params,
    cast(sum(n) as bigint) as n,
    cast(0 as bigint) as n_lost
from astray
group by month, person_id

union all

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
