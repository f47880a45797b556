{#
    The part of a whole number that falls on the n-th of several equal shares, in millionths: floor(whole x n / count)
    less what fell on those before, so that the parts add up to exactly the whole.
#}
{% macro even_part(whole, number, count) -%}
    cast(
        (
            (cast({{ whole }} as bigint) * 1000000 * {{ number }}) // {{ count }}
            - (cast({{ whole }} as bigint) * 1000000 * ({{ number }} - 1)) // {{ count }}
        ) as decimal(18, 0)
    ) * cast(0.000001 as decimal(7, 6))
{%- endmacro %}
