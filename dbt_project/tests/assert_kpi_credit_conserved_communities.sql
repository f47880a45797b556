-- Persons + UNASSIGNED = the source's total, exactly, for the additive KPIs of communities and the denominators of
-- their rates. The totals are taken from the facts without any credit.
{{ config(meta={'dagster': {'ref': {'name': 'fct_kpi_components'}}}) }}

with source_totals as (
    select month, 'members_joined' as kpi_id, 'numerator' as part, cast(sum(n) as decimal(38, 12)) as total
    from (
        select month, members_joined as n from {{ ref('int_group_days') }} where not counts_members
        union all
        select days.month, 1
        from {{ ref('int_member_spells') }} as spells
        inner join {{ ref('int_group_days') }} as days
            on spells.group_id = days.group_id and spells.joined_day = days.day
        where
            days.counts_members
    ) as joins
    group by month
    union all
    select month, 'members_left', 'numerator', cast(sum(n) as decimal(38, 12))
    from (
        select month, members_left as n from {{ ref('int_group_days') }} where not counts_members
        union all
        select days.month, 1
        from {{ ref('int_member_spells') }} as spells
        inner join {{ ref('int_group_days') }} as days
            on spells.group_id = days.group_id and spells.exit_day = days.day
        where
            days.counts_members
            and spells.exit_kind = 'leave'
    ) as leavers
    group by month
    union all
    select month, 'members_removed', 'numerator', cast(sum(n) as decimal(38, 12))
    from (
        select month, members_removed as n from {{ ref('int_group_days') }} where not counts_members
        union all
        select days.month, 1
        from {{ ref('int_member_spells') }} as spells
        inner join {{ ref('int_group_days') }} as days
            on spells.group_id = days.group_id and spells.exit_day = days.day
        where
            days.counts_members
            and spells.exit_kind = 'removed'
    ) as removals
    group by month
    union all
    select month, 'members_closing', 'numerator', cast(sum(closing_members) as decimal(38, 12))
    from {{ ref('int_group_days') }}
    group by month
    union all
    -- opening members in whole: a group that the members themselves tell of has every day in it
    select month, 'group_leave_rate', 'denominator', cast(sum(n) as decimal(38, 12))
    from (
        select month, max(opening_members) as n
        from {{ ref('int_group_days') }}
        where counts_members
        group by month, group_id
        union all
        select month, opening_part
        from {{ ref('int_group_days') }}
        where not counts_members and members_left is not null
    ) as openings
    group by month
    union all
    select month, 'participation_times', 'numerator', cast(count(case when is_active then 1 end) as decimal(38, 12))
    from {{ ref('int_member_days') }}
    group by month
    union all
    select month, 'posts_per_active_member', 'denominator', cast(count(distinct active_member) as decimal(38, 12))
    from (
        select month, case when is_active then group_id || '|' || member_key end as active_member
        from {{ ref('int_member_days') }}
    ) as members
    group by month
    union all
    select month, 'messages_per_chat', 'numerator', cast(sum(message_cnt) as decimal(38, 12))
    from {{ ref('int_wecom_days') }}
    where chat_cnt is not null
    group by month
    union all
    select month, 'accepted_answers', 'numerator', cast(count(case when is_accepted then 1 end) as decimal(38, 12))
    from {{ ref('int_qa_answers') }}
    group by month
    union all
    select month, 'community_coverage', 'denominator', cast(sum(target_population) as decimal(38, 12))
    from {{ ref('int_community_months') }}
    where members_reached is not null
    group by month
)

{{ totals_not_credited(
    'source_totals', parts_of_stocks=['member_growth_rate', 'group_leave_rate', 'posts_per_active_member']
) }}
