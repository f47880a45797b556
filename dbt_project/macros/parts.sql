{#
    The part of a whole number that falls on the n-th of several equal shares, to twelve decimals: floor(whole x n / count)
    less what fell on those before, so that the parts add up to exactly the whole.
#}
{% macro even_part(whole, number, count) -%}
    {{ part_between('cast(' ~ whole ~ ' as hugeint) * 1000000000000', number, '(' ~ number ~ ' - 1)', count) }}
{%- endmacro %}

{#
    The part of an amount that falls on one of several unequal shares, to twelve decimals: what falls on the rows up to it
    less what falls on those before, each cut, so that the parts of what is wholly divided add up to exactly all of it.
    Amounts have at most two decimals, days at most six.
#}
{% macro cut_part(amount, days, whole_days, of, in_order) -%}
    {%- set until = 'sum(' ~ days ~ ') over (partition by ' ~ of ~ ' order by ' ~ in_order ~ ' rows unbounded preceding)' -%}
    {{ part_between(
        'cast(' ~ amount ~ ' * 100 as hugeint) * 10000000000',
        'cast(' ~ until ~ ' * 1000000 as hugeint)',
        'cast((' ~ until ~ ' - ' ~ days ~ ') * 1000000 as hugeint)',
        'cast(' ~ whole_days ~ ' * 1000000 as hugeint)'
    ) }}
{%- endmacro %}

{# What falls between two places of a whole, given as a whole number of million-millionths: both places are cut. #}
{% macro part_between(scaled, until, before, whole) -%}
    cast(
        ({{ scaled }} * {{ until }}) // {{ whole }} - ({{ scaled }} * {{ before }}) // {{ whole }} as decimal(25, 0)
    ) * cast(0.000000000001 as decimal(13, 12))
{%- endmacro %}
