-- en: What looked like gaming, how far was it from what is usual, and what did it touch?
-- zh: 哪些行为疑似刷量，偏离常态多少，影响哪些指标？
-- note: Evidence, not a verdict: people decide. `times_usual` is NULL where nothing is compared. (docs/gaming.md)
select
    strftime(month, '%Y-%m') as period, rule_id, incident_id, person_id, share, subject_type, subject_id,
    value, threshold, expected, round(value / nullif(expected, 0), 1) as times_usual,
    n_records, first_day, last_day, kpi_scope
from fct_gaming_incidents
order by month desc, rule_id, incident_id, person_id;
