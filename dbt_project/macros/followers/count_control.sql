{# How many of a crowd of followers are spam, by count and not by name: two corrections of the flagged share. #}

{# The standard normal's 97.5 % point. #}
{% macro count_z() -%} 1.959963984540054 {%- endmacro %}

{#
    The share of spam among `n` judged of whom `k` are flagged, corrected for what the card misses and wrongs: (o + Sp - 1) /
    (Se + Sp - 1), within 0 and 1. Source: Rogan and Gladen 1978. NULL of nobody, and of a card no better than chance.
#}
{% macro rogan_gladen_share(n, k, se, sp) -%}
    {#- greatest and least pass NULL over -#}
    case when {{ n }} > 0 and {{ se }} + {{ sp }} > 1 then
        least(1, greatest(0, ({{ k }} / cast({{ n }} as double) + {{ sp }} - 1) / ({{ se }} + {{ sp }} - 1)))
    end
{%- endmacro %}

{#
    One end of its 95 % interval, `side` '-' or '+': of the rate at which such followers come, not of this very crowd. Se and
    Sp were measured on `n_se` spam and `n_sp` people. Source: Lang and Reiczigel 2014.
#}
{% macro rogan_gladen_bound(n, k, se, sp, n_se, n_sp, side) -%}
    {%- set z = count_z() -%}
    {%- set size = '(' ~ n ~ ' + ' ~ z ~ ' * ' ~ z ~ ')' -%}
    {%- set o = '((' ~ k ~ ' + ' ~ z ~ ' * ' ~ z ~ ' / 2) / ' ~ size ~ ')' -%}
    {%- set right = '((' ~ n_se ~ ' * ' ~ se ~ ' + 1) / (' ~ n_se ~ ' + 2))' -%}
    {%- set clear = '((' ~ n_sp ~ ' * ' ~ sp ~ ' + 1) / (' ~ n_sp ~ ' + 2))' -%}
    {%- set p = 'least(1, greatest(0, (' ~ o ~ ' + ' ~ clear ~ ' - 1) / (' ~ right ~ ' + ' ~ clear ~ ' - 1)))' -%}
    {%- set of_spam = '(' ~ right ~ ' * (1 - ' ~ right ~ ') / (' ~ n_se ~ ' + 2))' -%}
    {%- set of_people = '(' ~ clear ~ ' * (1 - ' ~ clear ~ ') / (' ~ n_sp ~ ' + 2))' -%}
    case when {{ n }} > 0 and {{ right }} + {{ clear }} > 1 and {{ se }} + {{ sp }} > 1 then
    {#- the share itself lies inside #}
    {{ 'least' if side == '-' else 'greatest' }}({{ rogan_gladen_share(n, k, se, sp) }}, least(1, greatest(0,
        ({{ o }} + {{ clear }} - 1) / ({{ right }} + {{ clear }} - 1)
        + 2 * {{ z }} * {{ z }} * ({{ p }} * {{ of_spam }} - (1 - {{ p }}) * {{ of_people }})
        {{ side }} {{ z }} * sqrt(
            {{ o }} * (1 - {{ o }}) / {{ size }}
            + {{ p }} * {{ p }} * {{ of_spam }} + (1 - {{ p }}) * (1 - {{ p }}) * {{ of_people }}
        ) / ({{ right }} + {{ clear }} - 1)
    ))) end
{%- endmacro %}

{#
    The share of spam in a crowd by a two-phase audit: flagged share x (spam among the flagged that were looked at) + clean
    share x (spam among the clean that were looked at). Nobody looks at a part that is empty.
#}
{% macro two_phase_share(n, k, seen_flagged, spam_flagged, seen_clean, spam_clean) -%}
    ({{ part_of_crowd(k, seen_flagged, spam_flagged) }} + {{ part_of_crowd('(' ~ n ~ ' - ' ~ k ~ ')', seen_clean, spam_clean) }})
    / nullif(cast({{ n }} as double), 0)
{%- endmacro %}

{% macro part_of_crowd(whole, seen, spam) -%}
    case when {{ whole }} = 0 then 0 else {{ whole }} * {{ spam }} / nullif(cast({{ seen }} as double), 0) end
{%- endmacro %}

{#
    One end of its 95 % interval, `side` '-' or '+', for this very crowd: Wilson's interval of each part with the correction
    for a part that was looked at almost whole, put together as squares (Newcombe 1998; Zou and Donner 2008).
#}
{% macro two_phase_bound(n, k, seen_flagged, spam_flagged, seen_clean, spam_clean, side) -%}
    {%- set clean = '(' ~ n ~ ' - ' ~ k ~ ')' -%}
    case when {{ two_phase_share(n, k, seen_flagged, spam_flagged, seen_clean, spam_clean) }} is not null
    then least(1, greatest(0,
        {{ two_phase_share(n, k, seen_flagged, spam_flagged, seen_clean, spam_clean) }}
        {{ side }} sqrt(
            power({{ way_of_part(k, seen_flagged, spam_flagged, side) }}, 2)
            + power({{ way_of_part(clean, seen_clean, spam_clean, side) }}, 2)
        ) / nullif(cast({{ n }} as double), 0)
    )) end
{%- endmacro %}

{# How many of a part of `whole` accounts the audit of `seen` may be out, to one side; 0 of a part that was seen whole. #}
{% macro way_of_part(whole, seen, spam, side) -%}
    {%- set z = count_z() -%}
    {%- set p = '(' ~ spam ~ ' / nullif(cast(' ~ seen ~ ' as double), 0))' -%}
    {%- set m = '(' ~ seen ~ ' * (' ~ whole ~ ' - 1) / nullif(cast(' ~ whole ~ ' - ' ~ seen ~ ' as double), 0))' -%}
    case when {{ whole }} <= {{ seen }} then 0 else {{ whole }} * abs({{ p }} - (
        {{ p }} + {{ z }} * {{ z }} / (2 * {{ m }})
        {{ side }} {{ z }} * sqrt({{ p }} * (1 - {{ p }}) / {{ m }} + {{ z }} * {{ z }} / (4 * {{ m }} * {{ m }}))
    ) / (1 + {{ z }} * {{ z }} / {{ m }})) end
{%- endmacro %}
