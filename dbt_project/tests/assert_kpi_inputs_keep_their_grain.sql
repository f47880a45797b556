-- One row per record and credited person in what each KPI is summed from: a row that a join doubled would be paid
-- twice. The inputs are views; one test looks at each of them once. Orders and tickets are not read again, there may be
-- millions: every one that counts is in the totals of assert_kpi_credit_conserved. Returns the repeated keys.
{{ config(meta={'dagster': {'ref': {'name': 'int_kpi_inputs_posts'}}}) }}
{% set grain = ['record_type', 'record_id', 'person_id', 'segment_id'] %}
{% set inputs = {
    ref('int_kpi_inputs_account'): grain,
    ref('int_kpi_inputs_deals'): grain,
    ref('int_kpi_inputs_incidents'): grain,
    ref('int_kpi_inputs_leads'): grain,
    ref('int_kpi_inputs_marketing'): grain,
    ref('int_kpi_inputs_plan'): grain + ['month', 'subject_id'],
    ref('int_kpi_inputs_posts'): grain,
    ref('int_kpi_inputs_team'): grain,
    ref('int_kpi_inputs_web'): grain,
    ref('int_kpi_inputs_groups'): grain,
    ref('int_kpi_inputs_members'): grain,
    ref('int_kpi_inputs_wecom'): grain,
    ref('int_kpi_inputs_content'): grain,
    ref('int_kpi_inputs_publicity'): grain,
    ref('int_kpi_inputs_audience'): grain,
    ref('int_kpi_inputs_customers'): grain,
    ref('int_kpi_inputs_buyers'): grain,
    ref('int_kpi_inputs_costs'): grain,
    ref('int_kpi_inputs_events'): grain,
    ref('int_kpi_inputs_surveys'): grain,
    ref('int_kpi_inputs_reviews'): grain,
} %}
{% for input, columns in inputs.items() %}
select '{{ input.identifier }}' as model, repeated.row_name
from ({{ repeated_keys(input, columns) }}) as repeated
{{ 'union all' if not loop.last }}
{% endfor %}
