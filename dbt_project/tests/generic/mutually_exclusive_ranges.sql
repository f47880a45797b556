{# Within each group no two half-open ranges [from, to) overlap; an empty upper bound is open. #}
{% test mutually_exclusive_ranges(model, from_column, to_column, group_by) %}
with ranges as (
    select
        *,
        lead({{ from_column }}) over (
            partition by {{ group_by | join(', ') }} order by {{ from_column }}, {{ to_column }}
        ) as next_from
    from {{ model }}
)

select *
from ranges
where
    {{ from_column }} >= {{ to_column }}
    or (next_from is not null and ({{ to_column }} is null or {{ to_column }} > next_from))
{% endtest %}
