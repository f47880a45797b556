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
    The part of an amount that falls on one of several unequal shares, to twelve decimals: what falls on the rows up to it
    less what falls on those before, each cut, so that the parts of what is wholly divided add up to exactly all of it.
    Amounts have at most two decimals, days at most six.
#}
{% macro cut_part(amount, days, whole_days, of, in_order) -%}
    {%- set until = 'sum(' ~ days ~ ') over (partition by ' ~ of ~ ' order by ' ~ in_order ~ ' rows unbounded preceding)' -%}
    {%- set scaled = 'cast(' ~ amount ~ ' * 100 as hugeint) * 10000000000' -%}
    cast(
        (
            ({{ scaled }} * cast({{ until }} * 1000000 as hugeint)) // cast({{ whole_days }} * 1000000 as hugeint)
            - ({{ scaled }} * cast(({{ until }} - {{ days }}) * 1000000 as hugeint))
            // cast({{ whole_days }} * 1000000 as hugeint)
        ) as decimal(25, 0)
    ) * cast(0.000000000001 as decimal(13, 12))
{%- endmacro %}
