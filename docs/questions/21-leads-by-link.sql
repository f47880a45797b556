-- en: Which tagged links bring visits, leads and customers?
-- zh: 哪些带参数链接带来访问、线索与成交？
-- note: Links without a code come as an empty subject. A lead counts once a month, so distinct leads are counted by their keys; won deals are those of the month.
-- parameters: period
with asked as (
    select coalesce(getvariable('period'), (select max(period) from fct_person_kpi where period_type = 'month')) as period
),
counts as (
    select
        c.subject_id,
        round(sum(c.numerator) filter (where c.kpi_id = 'site_clicks'), 4) as visits,
        round(sum(c.denominator) filter (where c.kpi_id = 'lead_conversion'), 4) as leads_to_convert,
        round(sum(c.numerator) filter (where c.kpi_id = 'lead_conversion'), 4) as won
    from fct_kpi_components as c
    join asked on strftime(c.month, '%Y-%m') = asked.period
    where c.subject_type = 'utm_code' and c.kpi_id in ('site_clicks', 'lead_conversion')
    group by all
),
leads as (
    select v.subject_id, count(distinct v.value_key) as leads
    from fct_kpi_values as v
    join asked on strftime(v.month, '%Y-%m') = asked.period
    where v.kpi_id = 'leads_submitted'
    group by all
)
select subject_id as utm_code, visits, leads, round(leads / nullif(visits, 0), 4) as leads_per_visit, leads_to_convert, won
from counts
full join leads using (subject_id)
order by leads desc nulls last, utm_code;
