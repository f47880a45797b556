-- en: What is usual within a role, and how wide is the spread?
-- zh: 同一岗位的常见水平与离散程度如何？
-- note: Quartiles of the known values. Groups of fewer than five people are left out: a quartile of them would tell of single people.
-- parameters: period
select
    p.role, f.kpi_id, count(*) as people,
    round(quantile_cont(f.value, 0.25), 4) as lower_quartile,
    round(median(f.value), 4) as median,
    round(quantile_cont(f.value, 0.75), 4) as upper_quartile
from fct_person_kpi as f
join person_kpis_monthly as p on p.person_id = f.person_id and p.month = f.period_start
where f.period_type = 'month' and f.value is not null
    and f.period = coalesce(getvariable('period'), (select max(period) from fct_person_kpi where period_type = 'month'))
group by all
having count(*) >= 5
order by p.role, f.kpi_id;
