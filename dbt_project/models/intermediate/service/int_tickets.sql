{{ config(pre_hook="{{ store_plainly() }}", post_hook="{{ store_compactly() }}") }}

-- A month knows what stands in the files that it may read (control.month_files), whatever else the run reads: so a
-- month built alone equals the same month of a range. Files that begin two months later or more are not among them: a
-- reply that only they tell of is none, and a ticket that only they resolve anew counts in either month.
{% set desks = with_rows(
    ['stg_ticket_events', 'stg_zendesk_tickets', 'stg_chatwoot_conversations', 'stg_chatwoot_events']
) %}
{% set has_zendesk = 'stg_zendesk_tickets' in desks %}
{% set has_chatwoot = 'stg_chatwoot_conversations' in desks or 'stg_chatwoot_events' in desks %}
{% set reply_claims = ticket_claims('ticket_reply', 'replier_key', has_zendesk, has_chatwoot) %}
{% set resolve_claims = ticket_claims('ticket_resolve', 'resolver_key', has_zendesk, has_chatwoot) %}
with windows as (
    {{ credit_windows() }}
),

agents as (
    select
        agent_key,
        {{ checked_code('row_number() over (order by agent_key)') }} as code
    from (
        select distinct agent_key from {{ ref('stg_ticket_events') }}
    ) as keys
),

activities as (
    select
        activity,
        meaning = 'opened' as is_opening,
        meaning = 'first_reply' as is_reply,
        meaning = 'resolved' as is_resolution
    from {{ source('company', 'ticket_activities') }}
),

events as (
    select
        events.account_id,
        events.ticket_id,
        {{ packed_event('events.occurred_at', 'events._file_rank', 'events._row_no', 'coalesce(agents.code, 0)') }}
            as event,
        activities.is_opening,
        activities.is_reply,
        activities.is_resolution
    from {{ ref('stg_ticket_events') }} as events
    left join activities on events.activity = activities.activity
    left join agents on events.agent_key = agents.agent_key
    where events.ticket_id is not null
),

-- one pass over the log: repeated events and overlapping exports change neither a first nor a last event
first_and_last as (
    select
        account_id,
        ticket_id,
        min(event) as opening,
        coalesce(bool_or(is_opening), false) as was_opened,
        min(event) filter (where is_reply) as reply,
        min(event) filter (where is_resolution) as first_resolution,
        max(event) filter (where is_resolution) as resolution
    from events
    group by account_id, ticket_id
),

log_tickets as (
    select
        chosen.account_id,
        chosen.ticket_id,
        chosen.opening,
        chosen.was_opened,
        {{ packed_time('chosen.opening') }} as created_at,
        {{ packed_time('chosen.reply') }} as first_reply_at,
        {{ packed_time('chosen.reply') }} > {{ packed_time('chosen.opening') }} + interval '28' day as is_late_reply,
        repliers.agent_key as replier_key,
        {{ packed_time('chosen.first_resolution') }} as first_resolved_at,
        {{ packed_time('chosen.resolution') }} as resolved_at,
        resolvers.agent_key as resolver_key
    from first_and_last as chosen
    left join agents as repliers on {{ packed_code('chosen.reply') }} = repliers.code
    left join agents as resolvers on {{ packed_code('chosen.resolution') }} = resolvers.code
),

log_files as (
    select
        file_rank,
        content_id
    from {{ source('landing', 'files') }}
    where spec_id = 'ticket_events'
),

-- what only a later file may tell; few tickets, looked at one event at a time
late_tickets as (
    select
        account_id,
        ticket_id,
        {{ local_month('created_at', company_timezone()) }} as month
    from log_tickets
    where is_late_reply
),

late_replies as (
    select
        events.account_id,
        events.ticket_id,
        min(events.occurred_at) as first_reply_at,
        {{ value_at_min(
            'events.agent_key',
            packed_event('events.occurred_at', 'events._file_rank', 'events._row_no', '0')
        ) }} as replier_key
    from {{ ref('stg_ticket_events') }} as events
    inner join late_tickets
        on events.account_id = late_tickets.account_id and events.ticket_id = late_tickets.ticket_id
    inner join activities on events.activity = activities.activity and activities.is_reply
    inner join log_files on events._file_rank = log_files.file_rank
    inner join {{ source('control', 'month_files') }} as month_files
        on log_files.content_id = month_files.content_id and late_tickets.month = month_files.month
    group by events.account_id, events.ticket_id
),

log_side as (
    select
        log_tickets.account_id,
        'tickets' as source_system,
        log_tickets.ticket_id,
        cast(null as varchar) as inbox_id,
        log_tickets.created_at,
        log_tickets.was_opened,
        case
            when log_tickets.is_late_reply then late_replies.first_reply_at
            else log_tickets.first_reply_at
        end as first_reply_at,
        case
            when log_tickets.is_late_reply then late_replies.replier_key
            else log_tickets.replier_key
        end as replier_key,
        log_tickets.first_resolved_at,
        log_tickets.resolved_at,
        log_tickets.resolver_key,
        false as has_conflict,
        {{ packed_file_rank('log_tickets.opening') }} as _file_rank,
        {{ packed_row('log_tickets.opening') }} as _row_no
    from log_tickets
    left join late_replies
        on log_tickets.account_id = late_replies.account_id and log_tickets.ticket_id = late_replies.ticket_id
),

reopened as (
    select
        account_id,
        ticket_id,
        created_at,
        opening,
        resolved_at
    from log_tickets
    where resolved_at > first_resolved_at + interval '28' day
),

resolution_events as (
    select
        events.account_id,
        events.ticket_id,
        events.occurred_at,
        events.agent_key,
        {{ packed_event('events.occurred_at', 'events._file_rank', 'events._row_no', '0') }} as event,
        log_files.content_id
    from {{ ref('stg_ticket_events') }} as events
    inner join reopened on events.account_id = reopened.account_id and events.ticket_id = reopened.ticket_id
    inner join activities on events.activity = activities.activity and activities.is_resolution
    inner join log_files on events._file_rank = log_files.file_rank
),

resolutions as (
    select
        account_id,
        ticket_id,
        occurred_at as resolved_at,
        {{ local_month('occurred_at', company_timezone()) }} as month,
        {{ value_at_max('agent_key', 'event') }} as resolver_key
    from resolution_events
    group by account_id, ticket_id, occurred_at
),

-- resolutions that their month knows to be undone
superseded as (
    select distinct
        resolutions.account_id,
        resolutions.ticket_id,
        resolutions.resolved_at
    from resolutions
    inner join resolution_events as later
        on
            resolutions.account_id = later.account_id
            and resolutions.ticket_id = later.ticket_id
            and resolutions.resolved_at < later.occurred_at
    inner join {{ source('control', 'month_files') }} as month_files
        on later.content_id = month_files.content_id and resolutions.month = month_files.month
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
        {{ packed_file_rank('reopened.opening') }} as _file_rank,
        {{ packed_row('reopened.opening') }} as _row_no
    from resolutions
    inner join reopened
        on
            resolutions.account_id = reopened.account_id
            and resolutions.ticket_id = reopened.ticket_id
            and resolutions.resolved_at < reopened.resolved_at
    left join superseded
        on
            resolutions.account_id = superseded.account_id
            and resolutions.ticket_id = superseded.ticket_id
            and resolutions.resolved_at = superseded.resolved_at
    where superseded.ticket_id is null
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
        coalesce(solved_at, {{ add_minutes('created_at', 'full_resolution_minutes') }}) as first_resolved_at,
        coalesce(solved_at, {{ add_minutes('created_at', 'full_resolution_minutes') }}) as resolved_at,
        agent_key as resolver_key,
        has_conflict,
        _file_rank,
        _row_no
    from desk_tickets
    where created_at is not null
),

-- what a desk's data knows: nothing after its last event
months as (
    select
        month,
        {{ midnight_utc("month + interval '1' month", company_timezone()) }} as ends_at,
        {{ midnight_utc("month + interval '2' month", company_timezone()) }} as known_until
    from {{ source('control', 'run_months') }}
),

-- Chatwoot: conversations say that there is something to answer, reporting events who answered and resolved it. Each
-- month is judged by its own files; there may be several first responses, one after each hand-over, and resolutions.
chat_rows as (
    select
        account_id,
        conversation_id,
        inbox_id,
        created_at,
        cast(null as timestamp) as ended_at,
        cast(null as varchar) as event_name,
        cast(null as varchar) as user_key,
        has_conflict,
        -- negative: a file of conversations, not of events (int_ticket_credit)
        -_file_rank as _file_rank,
        _row_no,
        _content_id,
        _exported_at
    from {{ chosen_versions(
        ref('stg_chatwoot_conversations'), key=['account_id', 'conversation_id'], values=['created_at', 'inbox_id']
    ) }}
    union all
    select
        account_id,
        conversation_id,
        inbox_id,
        started_at as created_at,
        ended_at,
        event_name,
        user_key,
        has_conflict,
        _file_rank,
        _row_no,
        _content_id,
        _exported_at
    from {{ chosen_versions(
        ref('stg_chatwoot_events'),
        key=['account_id', 'event_id'],
        values=['event_name', 'user_key', 'conversation_id', 'started_at', 'ended_at']
    ) }}
),

chat_conversations as (
    select
        months.month as known_in,
        chat_rows.account_id,
        chat_rows.conversation_id,
        max(chat_rows.inbox_id) as inbox_id,
        min(chat_rows.created_at) as created_at,
        min(chat_rows.ended_at) filter (where chat_rows.event_name = 'first_response') as first_reply_at,
        {{ value_at_min(
            "case when chat_rows.event_name = 'first_response' then chat_rows.user_key end",
            "case when chat_rows.event_name = 'first_response' then "
            ~ packed_event('chat_rows.ended_at', 'chat_rows._file_rank', 'chat_rows._row_no', '0') ~ ' end'
        ) }} as replier_key,
        min(chat_rows.ended_at) filter (where chat_rows.event_name = 'conversation_resolved') as first_resolved_at,
        max(chat_rows.ended_at) filter (where chat_rows.event_name = 'conversation_resolved') as resolved_at,
        {{ value_at_max(
            "case when chat_rows.event_name = 'conversation_resolved' then chat_rows.user_key end",
            "case when chat_rows.event_name = 'conversation_resolved' then "
            ~ packed_event('chat_rows.ended_at', 'chat_rows._file_rank', 'chat_rows._row_no', '0') ~ ' end'
        ) }} as resolver_key,
        bool_or(chat_rows.has_conflict) as has_conflict,
        {{ value_at_min('chat_rows._file_rank', 'chat_rows._file_rank') }} as _file_rank,
        {{ value_at_min('chat_rows._row_no', version_order('chat_rows._file_rank', 'chat_rows._row_no')) }} as _row_no,
        max(greatest(chat_rows.created_at, chat_rows.ended_at, chat_rows._exported_at)) as last_event_at
    from chat_rows
    inner join {{ source('control', 'month_files') }} as month_files on chat_rows._content_id = month_files.content_id
    inner join months on month_files.month = months.month
    group by months.month, chat_rows.account_id, chat_rows.conversation_id
),

chat_months as (
    select
        *,
        {{ local_month('created_at', company_timezone()) }} as month,
        {{ local_month('resolved_at', company_timezone()) }} as resolved_month
    from chat_conversations
),

chat_side as (
    select
        account_id,
        'chatwoot' as source_system,
        conversation_id as ticket_id,
        inbox_id,
        created_at,
        first_reply_at,
        replier_key,
        first_resolved_at,
        case when resolved_month = known_in then resolved_at end as resolved_at,
        resolver_key,
        has_conflict,
        _file_rank,
        _row_no,
        month <> known_in as is_earlier
    from chat_months
    where known_in in (month, resolved_month)
),

tickets as (
    select
        *,
        false as is_earlier
    from log_side
    union all by name
    select
        *,
        true as is_earlier
    from earlier_side
    {%- if has_zendesk %}
    union all by name
    select
        *,
        false as is_earlier
    from desk_side
    {%- endif %}
    {%- if has_chatwoot %}
    union all by name
    select * from chat_side
    {%- endif %}
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
    {%- if has_zendesk %}

    union all

    select
        months.month,
        contents.account_id,
        'zendesk' as source_system,
        least(max(contents.last_event_at), months.known_until) as last_event_at
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
    group by months.month, months.known_until, contents.account_id
    {%- endif %}
    {%- if has_chatwoot %}

    union all

    select
        months.month,
        chat_conversations.account_id,
        'chatwoot' as source_system,
        least(max(chat_conversations.last_event_at), months.known_until) as last_event_at
    from chat_conversations
    inner join months on chat_conversations.known_in = months.month
    group by months.month, months.known_until, chat_conversations.account_id
    {%- endif %}
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
        *,
        {{ to_local('created_at', company_timezone()) }} as created_local,
        {{ to_local('first_reply_at', company_timezone()) }} as replied_local,
        {{ local_month('resolved_at', company_timezone()) }} as resolved_month
    from tickets
),

dated as (
    select
        *,
        case when not is_earlier then {{ month_of('created_local') }} end as month
    from localised
),

wanted as (
    select * from dated
    where {{ is_run_month('month') }} or {{ is_run_month('resolved_month') }}
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
),

named as (
    select
        clocked.*,
        case when clocked.source_system = 'tickets' then '' else clocked.source_system || '/' end
        || case when clocked.account_id = '' then '' else clocked.account_id || '/' end
        || clocked.ticket_id as record_id,
        -- the replier is who it was at the reply, the segment the one at the end of the month that opened the ticket
        least(
            coalesce(clocked.first_reply_at, clocked.created_at), months.ends_at - interval '1' microsecond
        ) as answer_credited_at,
        -- by what the files of the month may tell, so that a month is the same alone and in a range
        coalesce(clocked.first_resolved_at < months.known_until, false) as is_resolved
    from clocked
    left join months on clocked.month = months.month
)

select
    named.record_id,
    named.ticket_id,
    named.account_id,
    named.inbox_id is not null as names_inbox,
    named.source_system,
    named.created_at,
    named.was_opened,
    named.month,
    named.first_reply_at,
    {{ seconds_between('named.created_at', 'named.first_reply_at') }} as first_reply_seconds,
    named.reply_reading - named.opening_reading as first_reply_business_seconds,
    named.replier_key,
    named.resolved_at,
    named.resolved_month,
    {{ seconds_between('named.created_at', 'named.resolved_at') }} as resolve_seconds,
    case when named.resolved_at is not null then named.resolver_key end as resolver_key,
    case
        when named.reply_reading is not null
            then named.reply_reading - named.opening_reading > {{ setting('sla_first_reply_minutes') }} * 60
        when named.horizon_reading - named.opening_reading > {{ setting('sla_first_reply_minutes') }} * 60 then true
    end as is_sla_breach,
    {{ claimed_window('reply', reply_claims) }} as reply_window_id,
    {{ claimed_window('resolve', resolve_claims) }} as resolve_window_id,
    named.is_resolved,
    named.has_conflict,
    named._file_rank,
    named._row_no
from named
{{ claim_joins('reply', 'named.first_reply_at', 'named.answer_credited_at', reply_claims) }}
{{ claim_joins('resolve', 'named.resolved_at', 'named.resolved_at', resolve_claims) }}
