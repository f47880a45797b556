-- Every day of the month for every group of which any source tells something: the days carry the credit of all that
-- happens in a group, and the opening members in equal parts. Where snapshots or a log tell of the members themselves,
-- they go before the sheet, which counts staff and does not always tell leaving from being removed.
with months as (
    select distinct month, {{ add_months('month', 1) }} as month_end from {{ source('control', 'run_months') }}
),

sheet as (
    select * from {{ chosen_versions(
        ref('stg_group_days'),
        key=['group_id', 'day'],
        values=['owner_key', 'members_total', 'members_active', 'messages', 'members_joined', 'members_left',
            'members_removed'],
        measures=['members_total', 'members_active', 'messages', 'members_joined', 'members_left']
    ) }}
),

spells as (
    select group_id, member_key, joined_day, exit_day, exit_kind from {{ ref('int_member_spells') }}
),

snapshots as (
    select distinct group_id, snapshot_day
    from {{ ref('stg_group_member_snapshots') }}
    where group_id is not null
),

unknown_words as (
    select distinct group_id, {{ local_date('occurred_at', company_timezone()) }} as day
    from {{ ref('stg_group_member_events') }}
    where kind is null and group_id is not null
),

sheet_months as (
    select
        months.month,
        sheet.group_id,
        max(case when sheet.day < months.month then sheet.day end) as last_before,
        min(case when sheet.day >= months.month then sheet.day end) as first_within,
        max(case when sheet.day >= months.month then sheet.day end) as last_within
    from months
    inner join sheet
        on sheet.day >= {{ add_months('months.month', -1) }} and sheet.day < months.month_end
    group by months.month, sheet.group_id
),

sheet_stocks as (
    select
        sheet_months.month,
        sheet_months.group_id,
        sheet_months.first_within is not null as is_told,
        coalesce(
            before.members_total,
            -- a group that begins within the month begins with whom it had before its first day's changes
            within.members_total - within.members_joined + within.members_left + coalesce(within.members_removed, 0)
        ) as opening,
        final.members_total as closing
    from sheet_months
    left join sheet as before
        on sheet_months.group_id = before.group_id and sheet_months.last_before = before.day
    left join sheet as within
        on sheet_months.group_id = within.group_id and sheet_months.first_within = within.day
    left join sheet as final
        on sheet_months.group_id = final.group_id and sheet_months.last_within = final.day
),

spell_stocks as (
    select
        months.month,
        spells.group_id,
        count(
            case
                when
                    -- who leaves in this month and was never seen to join had been there before it
                    (spells.joined_day < months.month or spells.joined_day is null)
                    and coalesce(spells.exit_day >= months.month, true)
                    then 1
            end
        ) as opening,
        count(
            case
                when spells.joined_day is not null and coalesce(spells.exit_day >= months.month_end, true) then 1
            end
        ) as closing
    from months
    inner join spells
        on
            -- come by the end of the month, or gone by then
            coalesce(spells.joined_day, spells.exit_day) < months.month_end
            -- members who left stay known until the last cohort of theirs has matured
            and coalesce(spells.exit_day >= months.month - 92, true)
    group by months.month, spells.group_id
),

snapshot_months as (
    select
        months.month,
        snapshots.group_id,
        bool_or(snapshots.snapshot_day >= months.month) as is_within
    from months
    inner join snapshots
        on snapshots.snapshot_day >= {{ add_months('months.month', -1) }} and snapshots.snapshot_day < months.month_end
    group by months.month, snapshots.group_id
),

log_months as (
    select distinct months.month, told.group_id
    from months
    inner join {{ ref('stg_group_member_events') }} as told
        on
            {{ local_date('told.occurred_at', company_timezone()) }} >= months.month
            and {{ local_date('told.occurred_at', company_timezone()) }} < months.month_end
    where told.kind <> 'other'
),

groups as (
    select month, group_id from sheet_stocks where is_told
    union distinct
    select month, group_id from spell_stocks
    union distinct
    select month, group_id from snapshot_months where is_within
    union distinct
    select month, group_id from {{ ref('int_member_days') }}
    union distinct
    select months.month, unknown_words.group_id
    from months
    inner join unknown_words on unknown_words.day >= months.month and unknown_words.day < months.month_end
),

group_months as (
    select
        groups.month,
        groups.group_id,
        coalesce(snapshot_months.is_within, false) as has_snapshot,
        -- there were snapshots until the month before, and members were still in it: one is missing
        snapshot_months.is_within = false and spell_stocks.closing > 0 as is_lost,
        -- what a snapshot of later shows of this month are only those who stayed
        coalesce(snapshot_months.is_within, false) or log_months.group_id is not null as counts_members,
        case when snapshot_months.is_within then coalesce(spell_stocks.opening, 0) else sheet_stocks.opening end
            as opening,
        case
            when snapshot_months.is_within then coalesce(spell_stocks.closing, 0)
            when sheet_stocks.is_told then sheet_stocks.closing
            -- all who were ever seen have gone: the group was dissolved
            when spell_stocks.closing = 0 then 0
        end as closing
    from groups
    left join sheet_stocks on groups.month = sheet_stocks.month and groups.group_id = sheet_stocks.group_id
    left join spell_stocks on groups.month = spell_stocks.month and groups.group_id = spell_stocks.group_id
    left join snapshot_months on groups.month = snapshot_months.month and groups.group_id = snapshot_months.group_id
    left join log_months on groups.month = log_months.month and groups.group_id = log_months.group_id
)

select
    group_months.group_id || '|' || cast(calendar.day as varchar) as record_id,
    group_months.group_id,
    calendar.day,
    group_months.month,
    coalesce(members_of.community_id, '') as community_id,
    sheet.owner_key,
    sheet.members_total,
    sheet.members_active,
    sheet.messages,
    sheet.members_joined,
    sheet.members_left,
    sheet.members_removed,
    group_months.has_snapshot,
    group_months.counts_members,
    group_months.opening as opening_members,
    {{ even_part('group_months.opening', "date_part('day', calendar.day)",
        "date_part('day', last_day(calendar.day))") }} as opening_part,
    case when calendar.day = last_day(calendar.day) then group_months.closing end as closing_members,
    coalesce(sheet.n_versions, 0) as n_versions,
    coalesce(sheet.has_conflict, false)
    or coalesce(group_months.is_lost, false)
    or unknown_words.day is not null as has_conflict,
    sheet._content_id,
    sheet._row_no
from group_months
inner join {{ source('company', 'calendar') }} as calendar
    on calendar.day >= group_months.month and calendar.day < {{ add_months('group_months.month', 1) }}
left join sheet on group_months.group_id = sheet.group_id and calendar.day = sheet.day
left join unknown_words on group_months.group_id = unknown_words.group_id and calendar.day = unknown_words.day
left join {{ source('company', 'community_groups') }} as members_of
    on
        group_months.group_id = members_of.group_id
        and calendar.day >= members_of.valid_from
        and calendar.day < members_of.valid_to
