-- en: What must somebody mend so that withheld figures come free, and how many figures wait for it?
-- zh: 需修复什么才能释放被暂扣的数据？各影响多少数据？
-- note: Findings that withhold, over all months. Figures are those with the same month and reason; a person may wait for several findings and is told the gravest.
with waiting as (
    select period_start as month, reason_code, count(*) as figures, count(distinct person_id) as people
    from fct_person_kpi
    where period_type = 'month' and status = 'withheld'
    group by all
)
select f.month, f.family, f.subject_type, f.subject_id, f.guard, f.reason_code, f.message, w.figures, w.people
from data_quality_findings as f
left join waiting as w using (month, reason_code)
where f.severity = 'withhold'
order by w.figures desc nulls last, f.month desc, f.family, f.subject_id, f.reason_code;
