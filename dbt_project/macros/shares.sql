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
    {%- set n = 'nullif(cast(' ~ whole ~ ' as double), 0)' -%}
    case when {{ whole }} > 0 then cast({{ wilson_end('(' ~ right ~ ' / ' ~ n ~ ')', n, side) }} as decimal(9, 6)) end
{%- endmacro %}

{# The same of a share `p` of `n` units, as a double; only where n is above 0. #}
{% macro wilson_end(p, n, side) -%}
    {%- set z = '1.959963984540054' -%}
    least(1, greatest(0, (
        {{ p }} + {{ z }} * {{ z }} / (2 * {{ n }})
        {{ side }} {{ z }} * sqrt(greatest(
            {{ p }} * (1 - {{ p }}) / {{ n }} + {{ z }} * {{ z }} / (4 * {{ n }} * {{ n }}), 0
        ))
    ) / (1 + {{ z }} * {{ z }} / {{ n }})))
{%- endmacro %}
