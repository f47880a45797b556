-- Whoever is in two groups of a community is reached once. That needs the members themselves: without snapshots of all
-- of its groups, the groups' numbers are added up.
with last_days as (
    select group_id, day, month, community_id, has_snapshot, closing_members, has_conflict, _content_id, _row_no
    from {{ ref('int_group_days') }}
    where day = last_day(day) and community_id <> ''
),

people as (
    select
        last_days.month,
        last_days.community_id,
        count(distinct spells.member_key) as n_members
    from last_days
    inner join {{ ref('int_member_spells') }} as spells
        on
            last_days.group_id = spells.group_id
            and spells.joined_day <= last_days.day
            and coalesce(spells.exit_day > last_days.day, true)
    group by last_days.month, last_days.community_id
),

reached as (
    select
        month,
        community_id,
        day,
        bool_and(has_snapshot or coalesce(closing_members = 0, false)) as all_known,
        -- a group of which nobody knows how many are in it leaves the community's number open
        case when count(*) = count(closing_members) then sum(closing_members) end as n_added_up,
        bool_or(has_conflict) as has_conflict,
        min(_content_id) as _content_id,
        arg_min(_row_no, _content_id) as _row_no
    from last_days
    group by month, community_id, day
)

select
    reached.community_id || '|' || {{ month_text('reached.month') }} as record_id,
    reached.community_id,
    reached.month,
    reached.day,
    communities.community_type,
    communities.stage,
    communities.target_population,
    cast(
        case when reached.all_known then coalesce(people.n_members, 0) else reached.n_added_up end as bigint
    ) as members_reached,
    reached.has_conflict,
    reached._content_id,
    reached._row_no
from reached
left join people on reached.month = people.month and reached.community_id = people.community_id
left join {{ source('company', 'communities') }} as communities
    on
        reached.community_id = communities.community_id
        and reached.day >= communities.valid_from
        and reached.day < communities.valid_to
