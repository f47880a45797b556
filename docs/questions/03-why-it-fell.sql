-- en: A KPI fell against the month before: in which accounts, groups or codes?
-- zh: 某指标环比下降，降在哪些账号、社群或渠道码？
-- note: Sums and ratios are made of these parts; both sides of a ratio are shown. The default person is the one whose KPI fell most.
-- parameters: kpi, period, person
with asked as (
    select
        coalesce(getvariable('kpi'), 'engagement_rate_impressions') as kpi_id,
        coalesce(getvariable('period'), (select max(period) from fct_person_kpi where period_type = 'month')) as period
),
falls as (
    select f.person_id, f.period, f.period_start, f.value - before.value as change
    from fct_person_kpi as f
    join asked using (kpi_id, period)
    join fct_person_kpi as before
        on before.person_id = f.person_id and before.kpi_id = f.kpi_id and before.period_type = 'month'
        and before.period_start = f.period_start - interval 1 month
    where f.value is not null and before.value is not null
),
chosen as (
    select * from falls
    where person_id = coalesce(getvariable('person'), person_id)
    order by change, person_id
    limit 1
)
select
    chosen.person_id, asked.kpi_id, c.subject_type, c.subject_id,
    round(sum(c.numerator) filter (where c.month < chosen.period_start), 4) as numerator_before,
    round(sum(c.numerator) filter (where c.month = chosen.period_start), 4) as numerator_now,
    round(sum(c.denominator) filter (where c.month < chosen.period_start), 4) as denominator_before,
    round(sum(c.denominator) filter (where c.month = chosen.period_start), 4) as denominator_now,
    round(coalesce(numerator_now, 0) - coalesce(numerator_before, 0), 4) as change_of_numerator
from chosen
cross join asked
join fct_kpi_components as c
    on c.person_id = chosen.person_id and c.kpi_id = asked.kpi_id
    and c.month between chosen.period_start - interval 1 month and chosen.period_start
group by all
order by change_of_numerator, c.subject_id;
