{# Whether an event's settlement can be counted: both amounts are there, in the company's currency. #}
{% macro has_known_amounts(events, settings) -%}
    coalesce(
        {{ events }}.cost is not null
        and {{ events }}.revenue is not null
        and coalesce({{ events }}.currency, {{ settings }}.currency) = {{ settings }}.currency,
        false
    )
{%- endmacro %}
