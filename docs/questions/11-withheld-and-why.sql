-- en: Which figures are withheld or provisional in a month, and why?
-- zh: 本月哪些数据被暂扣或为暂定，原因是什么？
-- note: A withheld figure has no value and its pay is held; a provisional one counts and may still move.
-- parameters: period
select status, kpi_id, reason_code, status_reason, count(*) as people
from fct_person_kpi
where period_type = 'month' and status in ('withheld', 'provisional')
    and period = coalesce(getvariable('period'), (select max(period) from fct_person_kpi where period_type = 'month'))
group by all
order by status desc, people desc, kpi_id;
