-- en: What did the company as a whole do, with the work that is credited to nobody?
-- zh: 公司整体（含未归属部分）各月表现如何？
-- note: People + UNASSIGNED = what the sources hold. Only split credit adds up; overlay KPIs (team_*) would count each team once a member.
-- parameters: kpi
select
    strftime(month, '%Y-%m') as period, kpi_id,
    round(sum(numerator), 4) as numerator, round(sum(denominator), 4) as denominator,
    round(coalesce(sum(numerator) / nullif(sum(denominator), 0), sum(numerator)), 6) as company_value,
    sum(n_records) as n_records
from fct_kpi_components
where credit_kind = 'split' and kpi_id = coalesce(getvariable('kpi'), 'engagement_rate_impressions')
group by all
order by period;
