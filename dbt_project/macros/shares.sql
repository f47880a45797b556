{# Shares and their intervals, as decimals of six places. #}

{# A part of a whole, NULL of nothing. #}
{% macro share_of(part, whole) -%}
    cast({{ part }} / nullif(cast({{ whole }} as double), 0) as decimal(9, 6))
{%- endmacro %}

{#
    One end of Wilson's interval at 95 % of `right` out of `whole`, NULL of nothing; `side` is '-' or '+'. Source: Wilson
    1927; unlike the normal approximation it stays within 0 and 1 and holds for few units and for shares near 1.
#}
{% macro wilson_bound(right, whole, side) -%}
    {%- set z = '1.959963984540054' -%}
    {%- set n = 'nullif(cast(' ~ whole ~ ' as double), 0)' -%}
    {%- set p = '(' ~ right ~ ' / ' ~ n ~ ')' -%}
    case when {{ whole }} > 0 then cast(
        least(1, greatest(0, (
            {{ p }} + {{ z }} * {{ z }} / (2 * {{ n }})
            {{ side }} {{ z }} * sqrt(greatest(
                {{ p }} * (1 - {{ p }}) / {{ n }} + {{ z }} * {{ z }} / (4 * {{ n }} * {{ n }}), 0
            ))
        ) / (1 + {{ z }} * {{ z }} / {{ n }}))) as decimal(9, 6)
    ) end
{%- endmacro %}
