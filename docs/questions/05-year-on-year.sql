-- en: How does a month compare with the same month a year before?
-- zh: 本月与去年同月相比如何？
-- note: Only people with a value in both; `change_share` is NULL where last year's value is 0.
-- parameters: kpi, period
select
    now.person_id, now.kpi_id, before.period as period_before, round(before.value, 4) as value_before, now.period, round(now.value, 4) as value,
    round(now.value - before.value, 4) as change,
    round((now.value - before.value) / nullif(abs(before.value), 0), 4) as change_share
from fct_person_kpi as now
join fct_person_kpi as before
    on before.person_id = now.person_id and before.kpi_id = now.kpi_id and before.period_type = 'month'
    and before.period_start = now.period_start - interval 1 year
where now.period_type = 'month'
    and now.kpi_id = coalesce(getvariable('kpi'), 'impressions')
    and now.period = coalesce(getvariable('period'), (select max(period) from fct_person_kpi where period_type = 'month'))
    and now.value is not null and before.value is not null
order by change_share desc nulls last, now.person_id;
