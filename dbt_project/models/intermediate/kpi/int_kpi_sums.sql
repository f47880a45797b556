-- The only reading of the inputs views for components and numbers: they join millions of records.
with parts as (
    {% for family in kpi_families_with_rows(kpi_measures()) %}
    {{ kpi_sum_rows(family) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    month,
    person_id,
    segment_id,
    kpi_id,
    subject_type,
    subject_id,
    credit_kind,
    inputs_view,
    cast(numerator as decimal(38, 12)) as numerator,
    cast(denominator as decimal(38, 12)) as denominator,
    cast(n_records as bigint) as n_records,
    cast(n_conflicts as bigint) as n_conflicts,
    cast(numbers as decimal(18, 6)[]) as numbers,
    cast(squares as decimal(38, 12)) as squares
from parts
