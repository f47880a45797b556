-- en: Why is the quarter's figure not the mean of its months?
-- zh: 为什么季度值不是三个月的平均？
-- note: Ratios are added up before dividing; medians and distinct people are taken anew over the records of the quarter.
-- parameters: kpi
with quarters as (
    select f.person_id, f.kpi_id, f.period, f.value as quarter_value, f.period_start, f.period_end
    from fct_person_kpi as f
    where f.period_type = 'quarter' and f.value is not null
        and f.kpi_id = coalesce(getvariable('kpi'), 'engagement_rate_impressions')
)
select
    q.period, q.person_id, q.kpi_id, k.aggregation,
    string_agg(round(m.value, 6)::varchar, ' | ' order by m.period) as months,
    round(avg(m.value), 6) as mean_of_months, round(max(q.quarter_value), 6) as quarter_value,
    round(max(q.quarter_value) - avg(m.value), 6) as difference
from quarters as q
join kpi_catalogue as k using (kpi_id)
join fct_person_kpi as m
    on m.person_id = q.person_id and m.kpi_id = q.kpi_id and m.period_type = 'month'
    and m.period_start >= q.period_start and m.period_start < q.period_end
group by all
order by abs(max(q.quarter_value) - avg(m.value)) desc, q.period, q.person_id
limit 20;
