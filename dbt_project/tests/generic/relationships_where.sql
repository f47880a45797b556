{# Every row that meets the condition finds its columns in another relation, which names them the same. #}
{% test relationships_where(model, to, columns, condition='true') %}
with children as (
    select distinct {{ columns | join(', ') }}
    from {{ model }}
    where {{ condition }}
)

select children.*
from children
left join {{ to }} as parents
    on {% for column in columns %}children.{{ column }} = parents.{{ column }}{{ ' and ' if not loop.last }}{% endfor %}
where parents.{{ columns[0] }} is null
{% endtest %}
