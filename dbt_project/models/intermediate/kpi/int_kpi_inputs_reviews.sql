{{ config(materialized='view') }}

-- No credit: a review is about a person, who is its subject too.
select
    month,
    person_id,
    segment_id,
    'person' as subject_type,
    person_id as subject_id,
    'review' as record_type,
    record_id,
    -- the last day of the period: its month is the last one
    cast({{ add_months('month', 1) }} - 1 as timestamp) as occurred_at,
    cast(1 as decimal(9, 6)) as weight,
    false as has_conflict,
    _content_id,
    _row_no,
    {%- for kpi, kind in kpi_measures()['reviews'] %}
    case when kpi_id = '{{ kpi }}' then numerator end as {{ kpi }}__n{{ ',' if kind == 'ratio' or not loop.last }}
    {%- if kind == 'ratio' %}
    case when kpi_id = '{{ kpi }}' then denominator end as {{ kpi }}__d{{ ',' if not loop.last }}
    {%- endif %}
    {%- endfor %}
from {{ ref('int_reviews') }}
where state = 'counted'
