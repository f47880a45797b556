-- en: How much of the recorded work is credited to nobody?
-- zh: 有多少工作记录未归属到任何人？
-- note: Shares of records by KPI and subject. Work of nobody stays in company totals and pays nobody; an identity or an assignment mends it.
-- parameters: period
select
    kpi_id, subject_type, subject_id,
    sum(n_records) as n_records,
    coalesce(sum(n_records) filter (where person_id = 'UNASSIGNED'), 0) as of_nobody,
    round(of_nobody / sum(n_records), 4) as share_of_nobody
from fct_kpi_components
where strftime(month, '%Y-%m')
    = coalesce(getvariable('period'), (select max(period) from fct_person_kpi where period_type = 'month'))
group by all
having of_nobody > 0
order by share_of_nobody desc, n_records desc, kpi_id, subject_id;
