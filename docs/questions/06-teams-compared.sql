-- en: How do teams compare, without averaging their members' ratios?
-- zh: 各团队对比如何（不对成员比率取平均）？
-- note: Numerators and denominators are added up, then divided. For sums `team_value` is the numerator. Members count by the team they were in when the record happened.
-- parameters: kpi, period
with asked as (
    select
        coalesce(getvariable('kpi'), 'engagement_rate_impressions') as kpi_id,
        coalesce(getvariable('period'), (select max(period) from fct_person_kpi where period_type = 'month')) as period
)
select
    asked.period, c.kpi_id, s.team_id, count(distinct c.person_id) as people,
    round(sum(c.numerator), 4) as numerator, round(sum(c.denominator), 4) as denominator,
    round(coalesce(sum(c.numerator) / nullif(sum(c.denominator), 0), sum(c.numerator)), 6) as team_value
from fct_kpi_components as c
join asked on c.kpi_id = asked.kpi_id and strftime(c.month, '%Y-%m') = asked.period
join dim_person_segment as s using (person_id, segment_id)
where c.credit_kind = 'split'
group by all
order by team_value desc, s.team_id;
