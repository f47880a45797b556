-- en: Whose figures moved most against their own last twelve months?
-- zh: 谁的指标相对本人过去十二个月变动最大？
-- note: Distance from the own mean in own standard deviations; at least six known months. `is_better` goes by the direction of the KPI.
-- parameters: period
with months as (
    select
        person_id, kpi_id, period, value,
        avg(value) over past as usual,
        stddev_samp(value) over past as spread,
        count(value) over past as known_months
    from fct_person_kpi
    where period_type = 'month'
    window past as (partition by person_id, kpi_id order by period rows between 12 preceding and 1 preceding)
)
select
    m.person_id, m.kpi_id, round(m.value, 4) as value, round(m.usual, 4) as usual,
    round((m.value - m.usual) / m.spread, 1) as deviations,
    case k.direction when 'higher' then m.value > m.usual else m.value < m.usual end as is_better
from months as m
join kpi_catalogue as k using (kpi_id)
where m.period = coalesce(getvariable('period'), (select max(period) from months))
    and m.value is not null and m.spread > 0 and m.known_months >= 6
order by abs(deviations) desc, m.person_id, m.kpi_id
limit 20;
