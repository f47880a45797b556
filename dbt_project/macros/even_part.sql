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

{#
    The part of 1 that one row has of several unequal ones, to twelve decimals: what falls on the rows up to it less what
    falls on those before, each cut, so that the parts of a whole that is wholly divided add up to exactly 1.
#}
{% macro cut_part(days, whole_days, of, in_order) -%}
    {%- set window = '(partition by ' ~ of ~ ' order by ' ~ in_order ~ ' rows unbounded preceding)' -%}
    cast(
        floor(1000000000000 * sum({{ days }}) over {{ window }} / {{ whole_days }}) / 1000000000000 as decimal(18, 12)
    ) - cast(
        floor(1000000000000 * (sum({{ days }}) over {{ window }} - {{ days }}) / {{ whole_days }}) / 1000000000000
        as decimal(18, 12)
    )
{%- endmacro %}
