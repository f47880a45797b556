-- Overlay credit and split credit never mix: a component carries its KPI's kind, and nobody is "unassigned" of overlay.
{{ config(meta={'dagster': {'ref': {'name': 'fct_kpi_components'}}}) }}

select components.month, components.kpi_id, components.person_id, components.credit_kind
from {{ ref('fct_kpi_components') }} as components
left join {{ ref('kpi_catalogue') }} as catalogue on components.kpi_id = catalogue.kpi_id
where
    catalogue.kpi_id is null
    or components.credit_kind <> catalogue.credit_kind
    or (components.credit_kind = 'overlay' and components.person_id = 'UNASSIGNED')
