-- en: May the figures of a source be used this month? The certificate, the doubtful first.
-- zh: 本月各来源的数据可否使用？（数据质量证书，存疑者在前）
-- note: A row per source family: the worst of its KPIs. Each validation is a share of its own; an empty one had nothing to validate.
-- parameters: period
select
    family,
    count(*) as kpis,
    count(*) filter (where status = 'withheld') as withheld,
    count(*) filter (where status = 'provisional') as provisional,
    min(quality) as quality, min(completeness) as completeness, min(valid_share) as valid_share,
    min(reconciled_share) as reconciled_share, min(plausible_share) as plausible_share,
    min(identity_coverage) as identity_coverage,
    string_agg(distinct reason, ' ') filter (where reason <> '') as reasons
from data_quality_certificate
where period = coalesce(getvariable('period'), (select max(period) from data_quality_certificate where period_type = 'month'))
group by all
order by withheld desc, provisional desc, quality, family;
