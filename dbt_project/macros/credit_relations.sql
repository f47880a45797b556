{#
    Where credit stands: every relation with record_type, record_id, month, person_id, segment_id and weight. A family
    with records of its own adds its relation here and its records to `credited_records`; the tests that hold credit
    conserved read both.
#}
{% macro credit_relations() -%}
    {{ return([
        'int_credit',
        'int_ticket_credit',
        'int_credit_engagement',
    ]) }}
{%- endmacro %}

{#
    Record type -> (relation with one row a record, the column with the month that counts it; none where the relation
    holds the months of the run alone, a condition or none).
#}
{% macro credited_records() -%}
    {{ return({
        'post': ('int_posts', 'month', none),
        'account_day': ('int_account_days', none, none),
        'order': ('int_orders', none, none),
        'deal': ('int_deals', none, 'month is not null'),
        'ticket_reply': ('int_tickets', 'month', none),
        'ticket_resolve': ('int_tickets', 'resolved_month', none),
        'lead': ('int_leads', none, none),
        'web_day': ('int_web_days', none, none),
        'incident': ('int_incidents', none, none),
        'event': ('int_events', 'month', none),
        'event_settlement': ('int_events', 'settled_month', none),
        'event_order': ('int_event_orders', none, none),
        'survey_answer': ('int_surveys', none, none),
    }) }}
{%- endmacro %}

{# All credit as one relation. #}
{% macro all_credit() -%}
    (
        {%- for relation in credit_relations() %}
        select record_type, record_id, month, person_id, segment_id, weight from {{ ref(relation) }}
        {{- ' union all' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
