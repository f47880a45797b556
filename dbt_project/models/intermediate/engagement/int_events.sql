-- Events of the months of the run: those that start in one, are settled in one, or whose code still counts in one.
with register as (
    select * from {{ chosen_versions(
        ref('stg_event_register'),
        key=['event_id'],
        values=[
            'event_type', 'starts_at', 'organiser_key', 'group_id', 'campaign_id', 'promo_code', 'invited', 'participants',
            'cost', 'revenue', 'currency', 'settled_on', 'outputs', 'outputs_adopted', 'idea_on'
        ],
        measures=['invited', 'participants', 'cost', 'revenue', 'outputs', 'outputs_adopted']
    ) }}
    where starts_at is not null
),

tickets as (
    select event_id, attendee_id, customer_key, status, has_check_in, is_issued, reissued_from, has_conflict
    from {{ chosen_versions(
        ref('stg_eventbrite_attendees'),
        key=['event_id', 'attendee_id'],
        values=['customer_key', 'status', 'has_check_in', 'is_issued']
    ) }}
    union all
    select event_id, attendee_id, customer_key, status, has_check_in, is_issued, reissued_from, has_conflict
    from {{ chosen_versions(
        ref('stg_accupass_participants'),
        key=['event_id', 'attendee_id'],
        values=['customer_key', 'status', 'has_check_in', 'is_issued', 'reissued_from']
    ) }}
),

-- a ticket that another one replaces is the same sign-up
replaced as (
    select distinct event_id, reissued_from as attendee_id from tickets
    where reissued_from is not null
),

judged as (
    select
        tickets.event_id,
        coalesce(tickets.customer_key, 'ticket:' || tickets.attendee_id) as participant_key,
        tickets.has_conflict,
        tickets.status is null as is_unknown,
        tickets.status in ('signed_up', 'checked_in') and not tickets.is_issued and replaced.attendee_id is null
            as is_sign_up,
        tickets.status = 'checked_in' or tickets.has_check_in as is_checked_in
    from tickets
    left join replaced on tickets.event_id = replaced.event_id and tickets.attendee_id = replaced.attendee_id
),

lists as (
    select
        event_id,
        count(case when is_sign_up then 1 end) as n_sign_ups,
        count(case when is_sign_up and is_checked_in then 1 end) as n_checked_in,
        count(distinct case when is_sign_up and is_checked_in then participant_key end) as n_participants,
        count(case when is_unknown then 1 end) as n_unknown,
        bool_or(has_conflict) as has_conflict
    from judged
    group by event_id
),

dated as (
    select
        register.*,
        {{ local_month('register.starts_at', company_timezone()) }} as month,
        {{ local_date('register.starts_at', company_timezone()) }} as day,
        {{ month_of('register.settled_on') }} as settled_month,
        case
            when register.promo_code is not null
                then register.starts_at + to_days(cast({{ setting('event_order_days') }} as integer))
        end as orders_until
    from register
),

wanted as (
    select *
    from dated
    where
        {{ in_run_months('month') }}
        or {{ in_run_months('settled_month') }}
        or exists (
            select 1
            from {{ source('control', 'run_months') }} as run_months
            where
                run_months.month > dated.month
                and run_months.month <= {{ local_month('dated.orders_until', company_timezone()) }}
        )
)

select
    wanted.event_id,
    wanted.event_type,
    wanted.starts_at,
    wanted.month,
    wanted.organiser_key,
    wanted.community_id,
    wanted.group_id,
    wanted.campaign_id,
    wanted.promo_code,
    wanted.orders_until,
    coalesce(wanted.invited, group_days.members_total) as n_reached,
    lists.n_sign_ups,
    lists.n_checked_in,
    -- a list with a status that nobody knows says nothing about who was there
    case when lists.event_id is null then wanted.participants when lists.n_unknown = 0 then lists.n_participants end
        as n_participants,
    coalesce(lists.n_unknown, 0) as n_unknown,
    wanted.settled_on,
    wanted.settled_month,
    wanted.cost,
    wanted.revenue,
    wanted.currency,
    wanted.outputs,
    wanted.outputs_adopted,
    case when wanted.idea_on <= wanted.day then cast(wanted.day - wanted.idea_on as integer) end as incubation_days,
    wanted.n_versions,
    wanted.has_conflict or coalesce(lists.has_conflict, false) as has_conflict,
    wanted._content_id,
    wanted._row_no
from wanted
left join lists on wanted.event_id = lists.event_id
left join {{ ref('int_group_days') }} as group_days
    on wanted.group_id = group_days.group_id and wanted.day = group_days.day
