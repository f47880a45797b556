{# Within each group the column's days, or months, follow one another without a hole. #}
{% test no_period_gaps(model, column_name, period='day', group_by=[]) %}
with periods as (
    select distinct
        {% for column in group_by %}{{ column }},{% endfor %}
        cast({{ column_name }} as date) as period_start
    from {{ model }}
),

followed as (
    select
        *,
        lead(period_start) over (
            {% if group_by %}partition by {{ group_by | join(', ') }}{% endif %}
            order by period_start
        ) as next_start
    from periods
)

select *
from followed
where next_start > period_start + interval '1' {{ period }}
{% endtest %}
