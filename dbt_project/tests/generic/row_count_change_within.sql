{#
    From one month to the next that the relation holds, the number of rows grows or shrinks at most by the factor.
    Months with fewer than min_rows rows say nothing. Meant with `severity: warn`: a busy month is no error.
#}
{% test row_count_change_within(model, column_name, factor, min_rows=100) %}
with counts as (
    select
        {{ column_name }} as month,
        count(*) as n_rows
    from {{ model }}
    group by {{ column_name }}
),

changes as (
    select
        *,
        lag(n_rows) over (order by month) as n_rows_before
    from counts
    where n_rows >= {{ min_rows }}
)

select *
from changes
where n_rows > {{ factor }} * n_rows_before or n_rows_before > {{ factor }} * n_rows
{% endtest %}
