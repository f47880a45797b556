-- en: Does each inbox or community keep its service level, and how long does the first reply take?
-- zh: 各收件箱（社群）是否达到服务水平？首次回复需多久？
-- note: Everybody's tickets, those of nobody included. Minutes are working minutes; median and 90 % are taken over all tickets of the inbox, not over people.
-- parameters: period
with asked as (
    select coalesce(getvariable('period'), (select max(period) from fct_person_kpi where period_type = 'month')) as period
),
minutes as (
    select v.subject_id, unnest(v.numbers) as minute
    from fct_kpi_values as v
    join asked on strftime(v.month, '%Y-%m') = asked.period
    where v.kpi_id = 'first_reply_minutes_p50'
),
replies as (
    select subject_id, count(*) as replies, quantile_cont(minute, 0.5) as median_minutes, quantile_cont(minute, 0.9) as p90_minutes
    from minutes
    group by all
)
select
    c.subject_id as inbox,
    round(sum(c.denominator), 4) as tickets,
    round(sum(c.numerator), 4) as in_time,
    round(sum(c.numerator) / nullif(sum(c.denominator), 0), 4) as within_sla,
    r.replies, round(r.median_minutes, 1) as median_minutes, round(r.p90_minutes, 1) as p90_minutes
from fct_kpi_components as c
join asked on strftime(c.month, '%Y-%m') = asked.period
left join replies as r using (subject_id)
where c.kpi_id = 'first_reply_within_sla'
group by all
order by within_sla, inbox;
