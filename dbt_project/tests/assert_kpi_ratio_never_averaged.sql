-- A ratio is its numerator over its denominator in every period, and a sum is its numerator.
{{ config(meta={'dagster': {'ref': {'name': 'fct_person_kpi'}}}) }}

select person_kpi.period, person_kpi.person_id, person_kpi.kpi_id, person_kpi.value
from {{ ref('fct_person_kpi') }} as person_kpi
inner join {{ ref('kpi_catalogue') }} as catalogue on person_kpi.kpi_id = catalogue.kpi_id
where
    person_kpi.value is not null
    and (
        (
            catalogue.aggregation = 'ratio_of_sums'
            and abs(cast(person_kpi.value as double) * person_kpi.denominator - person_kpi.numerator)
            > (abs(cast(person_kpi.denominator as double)) + abs(cast(person_kpi.numerator as double)))
            * 0.000000000001
        )
        or (catalogue.aggregation = 'sum' and person_kpi.value <> coalesce(person_kpi.numerator, 0))
    )
