-- en: How sure is a figure that rests on few records, and does it reach the KPI's minimum?
-- zh: 样本较少的数据有多可靠，是否达到该指标的最低分母？
-- note: The 95 % interval that chance alone leaves, as on the cards. Two people whose intervals overlap widely cannot be told apart by the figure.
-- parameters: period
select
    f.kpi_id, f.person_id,
    round(f.value, 4) as value, round(f.value_low, 4) as value_low, round(f.value_high, 4) as value_high,
    round((f.value_high - f.value_low) / case k.interval when 'share' then 1 when 'nps' then 200 else 100 end, 4)
        as part_of_the_scale,
    round(f.denominator, 2) as denominator, k.min_denominator,
    coalesce(f.denominator < k.min_denominator, false) as is_below_minimum
from fct_person_kpi as f
join kpi_catalogue as k using (kpi_id)
where f.period_type = 'month' and f.value_low is not null
    and f.period = coalesce(getvariable('period'), (select max(period) from fct_person_kpi where period_type = 'month'))
order by part_of_the_scale desc, f.kpi_id, f.person_id;
