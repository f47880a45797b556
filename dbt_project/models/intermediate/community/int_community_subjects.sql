-- A month's records of a group go to one community as a whole, because components are kept by group and month: to the
-- one it belonged to on most days of the month, of equals to the later one. Days without a community count for none.
with months as (
    select distinct month, {{ add_months('month', 1) }} as month_end from {{ source('control', 'built_months') }}
),

stretches as (
    select
        months.month,
        community_groups.group_id,
        community_groups.community_id,
        greatest(months.month, community_groups.valid_from) as first_day,
        least(months.month_end, {{ open_end('community_groups.valid_to') }}) as end_day
    from months
    inner join {{ source('company', 'community_groups') }} as community_groups
        on
            community_groups.valid_from < months.month_end
            and {{ open_end('community_groups.valid_to') }} > months.month
),

ranked as (
    select
        month,
        group_id,
        community_id,
        row_number() over (
            partition by month, group_id
            order by sum(end_day - first_day) desc, max(end_day) desc
        ) as community_rank
    from stretches
    group by month, group_id, community_id
)

select
    month,
    'group' as subject_type,
    group_id as subject_id,
    community_id
from ranked
where community_rank = 1

union all

-- one that does not exist yet, or any more, has neither type nor stage by which it could be judged
select distinct
    months.month,
    'community' as subject_type,
    communities.community_id as subject_id,
    communities.community_id
from months
inner join {{ source('company', 'communities') }} as communities
    on communities.valid_from < months.month_end and {{ open_end('communities.valid_to') }} > months.month
