{# What evidence of gaming has in common. #}

{# The name of an incident: its rule, its month and eight digits of what it is about; the same in every run. #}
{% macro incident_id(rule_id, month, subject) -%}
    {{ rule_id }} || '-' || {{ month_text(month) }} || '-' || substr(md5({{ subject }}), 1, 8)
{%- endmacro %}

{# The value of a rule as people read it: a percentage where the rule looks at a share, else a number. #}
{% macro gaming_figure(rule_id, value) -%}
    case
        when {{ rule_id }} in ('message_flood', 'self_order', 'staff_orders', 'refund_loop', 'repeated_post')
            then cast(cast(round({{ value }}, 1) as decimal(18, 1)) as varchar)
        else cast(cast(round(100 * {{ value }}, 1) as decimal(18, 1)) as varchar) || ' %'
    end
{%- endmacro %}
