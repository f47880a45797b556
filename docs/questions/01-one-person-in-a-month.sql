-- en: What was measured of one person in a month, and what is it made of?
-- zh: 某人某月测了哪些指标，各由什么构成？
-- note: Everything but what does not apply to the person. A ratio is numerator / denominator; a withheld figure has no value.
-- parameters: person, period
with asked as (
    select coalesce(getvariable('period'), max(period)) as period
    from fct_person_kpi
    where period_type = 'month'
),
chosen as (
    select period, coalesce(getvariable('person'), min(person_id)) as person_id
    from fct_person_kpi
    join asked using (period)
    where status in ('ok', 'provisional')
    group by period
)
select
    f.person_id, f.kpi_id, k.unit,
    round(f.value, 4) as value, round(f.numerator, 4) as numerator, round(f.denominator, 4) as denominator,
    f.n_records, f.status, f.status_reason
from fct_person_kpi as f
join chosen using (person_id, period)
join kpi_catalogue as k using (kpi_id)
where f.status <> 'not_applicable'
order by k.dimension, f.kpi_id;
