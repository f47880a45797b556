-- en: Is the data getting better: what part of the figures that apply is usable, month by month?
-- zh: 数据质量是否改善：适用的数据中每月有多少可用？
-- note: What does not apply to a person (no assignment, nothing to measure) is left out of the shares.
select
    period,
    count(*) as applicable,
    round(count(*) filter (where status = 'ok') / count(*), 4) as ok_share,
    round(count(*) filter (where status = 'provisional') / count(*), 4) as provisional_share,
    round(count(*) filter (where status = 'withheld') / count(*), 4) as withheld_share
from fct_person_kpi
where period_type = 'month' and status <> 'not_applicable'
group by all
order by period;
