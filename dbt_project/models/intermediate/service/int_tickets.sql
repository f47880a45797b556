-- A month knows what happened until the end of the month after it, whatever the run reads beyond that: so a month built
-- alone equals the same month of a range. Replies later than that are none; a ticket resolved anew two months later or
-- more counts in either month.
with events as (
    select
        events.account_id,
        events.ticket_id,
        events.agent_key,
        events.occurred_at,
        {{ version_order('events._file_rank', 'events._row_no') }} as version_order,
        {{ event_order('events.occurred_at', 'events._file_rank', 'events._row_no') }} as event_order,
        activities.meaning
    from {{ ref('stg_ticket_events') }} as events
    left join {{ source('company', 'ticket_activities') }} as activities on events.activity = activities.activity
    where events.ticket_id is not null
),

-- one pass over the log: repeated events and overlapping exports change neither a first nor a last event
log_tickets as (
    select
        account_id,
        ticket_id,
        min(occurred_at) as created_at,
        {{ value_at_min('version_order', 'event_order', 'occurred_at is not null') }} as opening,
        min(case when meaning = 'first_reply' then occurred_at end) as first_reply_at,
        {{ value_at_min('agent_key', 'event_order', "meaning = 'first_reply'") }} as replier_key,
        min(case when meaning = 'resolved' then occurred_at end) as first_resolved_at,
        max(case when meaning = 'resolved' then occurred_at end) as resolved_at,
        {{ value_at_max('agent_key', 'event_order', "meaning = 'resolved'") }} as resolver_key
    from events
    group by account_id, ticket_id
),

log_files as (
    select
        file_rank,
        content_id
    from {{ source('landing', 'files') }}
    where spec_id = 'ticket_events'
),

log_side as (
    select
        log_tickets.account_id,
        'tickets' as source_system,
        log_tickets.ticket_id,
        cast(null as varchar) as inbox_id,
        log_tickets.created_at,
        log_tickets.first_reply_at,
        log_tickets.replier_key,
        log_tickets.resolved_at,
        log_tickets.resolver_key,
        false as has_conflict,
        log_files.content_id as _content_id,
        {{ version_row('log_tickets.opening') }} as _row_no
    from log_tickets
    left join log_files on {{ version_file_rank('log_tickets.opening') }} = log_files.file_rank
    where log_tickets.created_at is not null
),

-- a resolution that was the last word when its month was built, and is no longer
reopened as (
    select
        account_id,
        ticket_id,
        created_at,
        opening
    from log_tickets
    where resolved_at > first_resolved_at + interval '28' day
),

resolutions as (
    select
        events.account_id,
        events.ticket_id,
        events.occurred_at as resolved_at,
        events.agent_key as resolver_key,
        {{ to_local('events.occurred_at', company_timezone()) }} as resolved_local,
        lead({{ to_local('events.occurred_at', company_timezone()) }}) over (
            partition by events.account_id, events.ticket_id
            order by {{ event_order('events.occurred_at', 'events._file_rank', 'events._row_no') }}
        ) as next_local
    from {{ ref('stg_ticket_events') }} as events
    inner join {{ source('company', 'ticket_activities') }} as activities
        on events.activity = activities.activity and activities.meaning = 'resolved'
    where (events.account_id, events.ticket_id) in (select reopened.account_id, reopened.ticket_id from reopened)
),

earlier_side as (
    select
        reopened.account_id,
        'tickets' as source_system,
        reopened.ticket_id,
        cast(null as varchar) as inbox_id,
        reopened.created_at,
        resolutions.resolved_at,
        resolutions.resolver_key,
        false as has_conflict,
        log_files.content_id as _content_id,
        {{ version_row('reopened.opening') }} as _row_no
    from resolutions
    inner join reopened
        on resolutions.account_id = reopened.account_id and resolutions.ticket_id = reopened.ticket_id
    left join log_files on {{ version_file_rank('reopened.opening') }} = log_files.file_rank
    where resolutions.next_local >= {{ add_months(month_of('resolutions.resolved_local'), 2) }}
),

desk_tickets as (
    select * from {{ chosen_versions(
        ref('stg_zendesk_tickets'),
        key=['account_id', 'ticket_id'],
        values=['agent_key', 'created_at', 'first_reply_minutes', 'solved_at', 'full_resolution_minutes']
    ) }}
),

desk_side as (
    select
        account_id,
        'zendesk' as source_system,
        ticket_id,
        inbox_id,
        created_at,
        {{ add_minutes('created_at', 'first_reply_minutes') }} as first_reply_at,
        case when first_reply_minutes is not null then agent_key end as replier_key,
        coalesce(solved_at, {{ add_minutes('created_at', 'full_resolution_minutes') }}) as resolved_at,
        agent_key as resolver_key,
        has_conflict,
        _content_id,
        _row_no
    from desk_tickets
    where created_at is not null
),

tickets as (
    select
        *,
        false as is_earlier
    from log_side
    union all by name
    select
        *,
        false as is_earlier
    from desk_side
    union all by name
    select
        *,
        true as is_earlier
    from earlier_side
),

-- what a desk's data knows: nothing after its last event
months as (
    select
        month,
        {{ midnight_utc("month + interval '2' month", company_timezone()) }} as known_until
    from {{ source('control', 'run_months') }}
),

last_events as (
    -- first events alone: a later event of the same kind, known or not, does not move them
    select
        months.month,
        log_tickets.account_id,
        'tickets' as source_system,
        max(greatest(
            case when log_tickets.created_at < months.known_until then log_tickets.created_at end,
            case when log_tickets.first_reply_at < months.known_until then log_tickets.first_reply_at end,
            case when log_tickets.first_resolved_at < months.known_until then log_tickets.first_resolved_at end
        )) as last_event_at
    from log_tickets
    cross join months
    group by months.month, log_tickets.account_id

    union all

    select
        months.month,
        contents.account_id,
        'zendesk' as source_system,
        least(max(contents.last_event_at), max(months.known_until)) as last_event_at
    from (
        select
            account_id,
            _content_id,
            max(coalesce(_exported_at, solved_at, created_at)) as last_event_at
        from {{ ref('stg_zendesk_tickets') }}
        group by account_id, _content_id
    ) as contents
    inner join {{ source('control', 'month_files') }} as month_files on contents._content_id = month_files.content_id
    inner join months on month_files.month = months.month
    group by months.month, contents.account_id
),

horizons as (
    select
        month,
        account_id,
        source_system,
        {{ to_local('last_event_at', company_timezone()) }} as last_local
    from last_events
),

horizon_clocks as (
    select
        horizons.month,
        horizons.account_id,
        horizons.source_system,
        {{ business_clock('horizons.last_local', 'days') }} as reading
    from horizons
    inner join {{ ref('int_business_days') }} as days on cast(horizons.last_local as date) = days.day
),

localised as (
    select
        * exclude (first_reply_at, replier_key),
        first_reply_at as answered_at,
        replier_key as answered_by,
        {{ to_local('created_at', company_timezone()) }} as created_local,
        {{ to_local('first_reply_at', company_timezone()) }} as answered_local,
        {{ local_month('resolved_at', company_timezone()) }} as resolved_month
    from tickets
),

dated as (
    select
        *,
        {{ month_of('created_local') }} as created_month,
        coalesce(answered_local < {{ add_months(month_of('created_local'), 2) }}, false) as is_answered
    from localised
),

wanted as (
    select
        *,
        case when not is_earlier then created_month end as month,
        case when is_answered then answered_at end as first_reply_at,
        case when is_answered then answered_by end as replier_key,
        case when is_answered then answered_local end as replied_local
    from dated
    where
        (not is_earlier and {{ in_run_months('created_month') }})
        or {{ in_run_months('resolved_month') }}
),

clocked as (
    select
        wanted.*,
        {{ business_clock('wanted.created_local', 'opening_days') }} as opening_reading,
        {{ business_clock('wanted.replied_local', 'reply_days') }} as reply_reading,
        horizon_clocks.reading as horizon_reading
    from wanted
    left join {{ ref('int_business_days') }} as opening_days
        on cast(wanted.created_local as date) = opening_days.day
    left join {{ ref('int_business_days') }} as reply_days
        on cast(wanted.replied_local as date) = reply_days.day
    left join horizon_clocks
        on
            wanted.month = horizon_clocks.month
            and wanted.account_id = horizon_clocks.account_id
            and wanted.source_system = horizon_clocks.source_system
)

select
    case when source_system = 'tickets' then '' else source_system || '/' end
    || case when account_id = '' then '' else account_id || '/' end
    || ticket_id as record_id,
    ticket_id,
    account_id,
    source_system,
    inbox_id,
    created_at,
    month,
    first_reply_at,
    {{ seconds_between('created_at', 'first_reply_at') }} as first_reply_seconds,
    reply_reading - opening_reading as first_reply_business_seconds,
    replier_key,
    resolved_at,
    resolved_month,
    {{ seconds_between('created_at', 'resolved_at') }} as resolve_seconds,
    case when resolved_at is not null then resolver_key end as resolver_key,
    case
        when reply_reading is not null
            then reply_reading - opening_reading > {{ setting('sla_first_reply_minutes') }} * 60
        when horizon_reading - opening_reading > {{ setting('sla_first_reply_minutes') }} * 60 then true
    end as is_sla_breach,
    has_conflict,
    _content_id,
    _row_no
from clocked
