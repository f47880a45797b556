-- en: Which chat groups grow, which lose members, and how many members take part?
-- zh: 哪些社群在增长、哪些在流失，有多少成员活跃？
-- note: One row per group and month. Active members are distinct keys; joined and left are events.
-- parameters: period
with asked as (
    select coalesce(getvariable('period'), (select max(period) from fct_person_kpi where period_type = 'month')) as period
),
active as (
    select v.subject_id, count(distinct v.value_key) as active_members
    from fct_kpi_values as v
    join asked on strftime(v.month, '%Y-%m') = asked.period
    where v.kpi_id = 'active_members'
    group by all
)
select
    c.subject_id as group_id,
    round(sum(c.numerator) filter (where c.kpi_id = 'members_closing'), 4) as members_at_the_end,
    round(sum(c.numerator) filter (where c.kpi_id = 'members_joined'), 4) as joined,
    round(sum(c.numerator) filter (where c.kpi_id = 'members_left'), 4) as left_of_their_own,
    round(sum(c.numerator) filter (where c.kpi_id = 'members_removed'), 4) as removed,
    a.active_members
from fct_kpi_components as c
join asked on strftime(c.month, '%Y-%m') = asked.period
left join active as a using (subject_id)
where c.subject_type = 'group' and c.kpi_id in ('members_closing', 'members_joined', 'members_left', 'members_removed')
group by all
order by members_at_the_end desc, group_id;
