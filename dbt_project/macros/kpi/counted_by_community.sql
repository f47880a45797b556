{#
    Whether a KPI's records are all of groups and communities, by the catalogue's `subject_types`: only then do the parts
    of a person's communities make up the person's reading. A KPI that also counts by promo code, account, inbox or event
    has records of no community, so that a community's part of it would lack them (a ratio even one of its two sides).
#}
{% macro counted_by_community(subject_types) -%}
    coalesce({{ subject_types }}, '') <> ''
    and replace(replace(replace({{ subject_types }}, 'group', ''), 'community', ''), ';', '') = ''
{%- endmacro %}
