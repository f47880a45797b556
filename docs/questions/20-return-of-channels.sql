-- en: What does each advertising channel cost, and what comes back?
-- zh: 各投放渠道花费多少、回报多少？
-- note: Over the last twelve months. Money is in the company's currency; return_on_ad_spend = attributed revenue / spend, marketing_roi = (revenue - spend) / spend.
select
    c.subject_id as channel,
    round(sum(c.denominator) filter (where c.kpi_id = 'return_on_ad_spend'), 4) as spend,
    round(sum(c.numerator) filter (where c.kpi_id = 'return_on_ad_spend'), 4) as revenue,
    round(revenue / nullif(spend, 0), 3) as return_on_ad_spend,
    round((revenue - spend) / nullif(spend, 0), 3) as marketing_roi,
    round(sum(c.denominator) filter (where c.kpi_id = 'cost_per_lead'), 4) as leads,
    round(sum(c.numerator) filter (where c.kpi_id = 'cost_per_lead') / nullif(leads, 0), 2) as cost_per_lead
from fct_kpi_components as c
where c.subject_type = 'channel' and c.kpi_id in ('return_on_ad_spend', 'cost_per_lead')
    and c.month > (select max(month) - interval 12 month from fct_kpi_components)
group by all
order by return_on_ad_spend desc, channel;
