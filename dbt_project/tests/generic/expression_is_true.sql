{# The expression is true in every row (or in every row that meets the condition); NULL counts as false. #}
{% test expression_is_true(model, expression, condition='true') %}
select *
from {{ model }}
where {{ condition }} and not coalesce({{ expression }}, false)
{% endtest %}
