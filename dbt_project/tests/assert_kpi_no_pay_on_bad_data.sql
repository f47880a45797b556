-- A source that the certificate withholds for a month gives nobody credited with its records a value of that KPI.
{{ config(meta={'dagster': {'ref': {'name': 'fct_person_kpi'}}}) }}

select person_kpi.period, person_kpi.person_id, person_kpi.kpi_id, person_kpi.status
from {{ ref('fct_person_kpi') }} as person_kpi
inner join {{ ref('kpi_catalogue') }} as catalogue on person_kpi.kpi_id = catalogue.kpi_id
inner join {{ ref('fct_kpi_components') }} as components
    on
        person_kpi.period_start = components.month
        and person_kpi.person_id = components.person_id
        and person_kpi.kpi_id = components.kpi_id
inner join {{ ref('data_quality_findings') }} as findings
    on
        components.month = findings.month
        and findings.severity = 'withhold'
        and {{ list_has('catalogue.families', 'findings.family') }}
        and (findings.kpi_scope = '' or {{ list_has('findings.kpi_scope', 'person_kpi.kpi_id') }})
        and (
            findings.subject_type = 'family'
            or (findings.subject_type = 'account' and components.subject_id = findings.subject_id)
            or (findings.subject_type = 'person' and components.person_id = findings.subject_id)
        )
where
    person_kpi.period_type = 'month'
    and person_kpi.status <> 'withheld'
    and {{ in_run_months('components.month') }}
