-- One row per record and credited person in what each KPI is summed from: a row that a join doubled would be paid twice.
-- The inputs are views; one test looks at each of them once. Returns the repeated keys.
{{ config(meta={'dagster': {'ref': {'name': 'fct_kpi_components'}}}) }}
{% set grain = ['record_type', 'record_id', 'person_id', 'segment_id'] %}
{% set inputs = {
    ref('int_kpi_inputs_account'): grain,
    ref('int_kpi_inputs_deals'): grain,
    ref('int_kpi_inputs_incidents'): grain,
    ref('int_kpi_inputs_leads'): grain,
    ref('int_kpi_inputs_orders'): grain,
    ref('int_kpi_inputs_plan'): grain + ['month', 'subject_id'],
    ref('int_kpi_inputs_posts'): grain,
    ref('int_kpi_inputs_team'): grain,
    ref('int_kpi_inputs_tickets'): grain,
    ref('int_kpi_inputs_web'): grain,
} %}
{% for input, columns in inputs.items() %}
select '{{ input.identifier }}' as model, repeated.row_name
from ({{ repeated_keys(input, columns) }}) as repeated
{{ 'union all' if not loop.last }}
{% endfor %}
