{# What a UTM source says when nobody sent the visitor. #}
{% macro is_direct(utm_source) -%}
    {{ utm_source }} in ('', '(direct)', 'direct', '(none)', '(not set)')
{%- endmacro %}

{#
    The channel of each pair of UTM source and medium of a relation, as company.yaml means it: the narrowest pair that
    fits decides. A subquery of utm_source, utm_medium and channel; `other` where no pair fits.
#}
{% macro utm_channels_of(relation) -%}
    (
        select
            ranked.utm_source,
            ranked.utm_medium,
            coalesce(ranked.channel, 'other') as channel
        from (
            select
                pairs.utm_source,
                pairs.utm_medium,
                utm_channels.channel,
                row_number() over (
                    partition by pairs.utm_source, pairs.utm_medium order by utm_channels.precedence, utm_channels.channel
                ) as nearness
            from (select distinct utm_source, utm_medium from {{ relation }}) as pairs
            left join {{ source('company', 'utm_channels') }} as utm_channels
                on
                    utm_channels.utm_source in (pairs.utm_source, '*')
                    and utm_channels.utm_medium in (pairs.utm_medium, '*')
        ) as ranked
        where ranked.nearness = 1
    )
{%- endmacro %}
