{#
    95 % intervals of shares, net scores and means of ratings, by the formulas of pipelines/scoring/intervals.py, which
    the cards print: tests/dbt/test_interval_macros.py holds the two together, number by number.
#}

{#
    One end of the interval of a value, NULL where it has none; `side` is '-' or '+'.

    `kind` is the catalogue's: share (Wilson), nps (adjusted Wald with three imaginary answers, Rocks 2016), mean
    (Student, on a scale from 0 to 100). `n` is the denominator, `square` the mean of the squared answers or ratings.
#}
{% macro interval_bound(kind, value, n, square, side) -%}
    {%- set v = 'cast(' ~ value ~ ' as double)' -%}
    {%- set units = 'cast(' ~ n ~ ' as double)' -%}
    {%- set spread = 'cast(' ~ square ~ ' as double)' -%}
    {%- set outer = 'least' if side == '-' else 'greatest' -%}
    cast(case
        when {{ value }} is null or coalesce({{ n }}, 0) <= 0 then null
        when {{ kind }} = 'share' and {{ value }} between 0 and 1
            then {{ outer }}({{ v }}, {{ wilson_end(v, units, side) }})
        -- all answers alike make the two equal, which doubles are not to the last digit
        when {{ kind }} = 'nps' and abs({{ value }}) <= 100 and {{ spread }} between {{ v }} * {{ v }} - 1e-9 and 10000
            then {{ outer }}({{ v }}, greatest(-100, least(100, {{ net_score_end(v, units, spread, side) }})))
        when {{ kind }} = 'mean' and {{ n }} >= 2 and {{ value }} between 0 and 100
            then {{ outer }}({{ v }}, greatest(0, least(100, {{ mean_end(v, units, spread, side) }})))
    end as decimal(38, 12))
{%- endmacro %}

{# One end of the interval of a net score in points; 3/4 promoter, 3/2 passive, 3/4 detractor count with the rest. #}
{% macro net_score_end(v, n, square, side) -%}
    {{ v }} * {{ n }} / ({{ n }} + 3)
    {{ side }} 1.959963984540054 * 100 * sqrt(greatest(
        ({{ square }} * {{ n }} + 15000) / ({{ n }} + 3) / 10000
        - power({{ v }} * {{ n }} / ({{ n }} + 3) / 100, 2), 0
    ) / ({{ n }} + 3))
{%- endmacro %}

{# One end of Student's interval of a mean; a part of a rating counts for no degree of freedom. #}
{% macro mean_end(v, n, square, side) -%}
    {{ v }} {{ side }} {{ student_point('cast(floor(' ~ n ~ ') as integer) - 1') }}
    * sqrt(greatest({{ square }} - {{ v }} * {{ v }}, 0) / ({{ n }} - 1))
{%- endmacro %}

{# The 97.5 % point of Student's distribution; beyond 30 degrees of freedom by Cornish and Fisher's expansion. #}
{% macro student_point(freedom) -%}
    {%- set z = 1.959963984540054 -%}
    case {{ freedom }}
        {%- for point in [
            12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
            2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
        ] %}
        when {{ loop.index }} then {{ point }}
        {%- endfor %}
        else {{ z }} + {{ (z ** 3 + z) / 4 }} / ({{ freedom }})
            + {{ (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96 }} / (cast({{ freedom }} as double) * ({{ freedom }}))
    end
{%- endmacro %}
