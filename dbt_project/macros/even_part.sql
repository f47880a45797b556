{#
    The part of a whole number that falls on the n-th of several equal shares, to twelve decimals: floor(whole x n / count)
    less what fell on those before, so that the parts add up to exactly the whole.
#}
{% macro even_part(whole, number, count) -%}
    cast(
        (
            (cast({{ whole }} as hugeint) * 1000000000000 * {{ number }}) // {{ count }}
            - (cast({{ whole }} as hugeint) * 1000000000000 * ({{ number }} - 1)) // {{ count }}
        ) as decimal(25, 0)
    ) * cast(0.000000000001 as decimal(13, 12))
{%- endmacro %}
