-- en: How did one KPI of one person develop month by month?
-- zh: 某人某指标逐月如何变化？
-- note: `trailing_year` is the mean of the known values of the twelve months before; a month that is withheld is a gap, not a zero.
-- parameters: person, kpi
with chosen as (
    select
        coalesce(getvariable('kpi'), 'impressions') as kpi_id,
        coalesce(
            getvariable('person'),
            (select min(person_id) from fct_person_kpi where kpi_id = coalesce(getvariable('kpi'), 'impressions') and value > 0)
        ) as person_id
)
select
    f.period, round(f.value, 4) as value, f.status, f.status_reason,
    round(f.value - lag(f.value) over months, 4) as against_month_before,
    round(avg(f.value) over (months rows between 12 preceding and 1 preceding), 4) as trailing_year
from fct_person_kpi as f
join chosen using (person_id, kpi_id)
where f.period_type = 'month'
window months as (order by f.period)
order by f.period;
