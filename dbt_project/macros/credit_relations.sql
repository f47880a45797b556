{#
    Where credit stands: every relation with record_type, record_id, month, person_id, segment_id and weight. A family
    with records of its own adds its relation here and its records to `credited_records`; the tests that hold credit
    conserved read both.
#}
{% macro credit_relations() -%}
    {{ return([
        'int_credit',
        'int_ticket_credit',
        'int_credit_community',
        'int_credit_content',
        'int_credit_commerce',
        'int_credit_leads',
        'int_credit_engagement',
        'int_credit_sentiment',
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
        'lead': ('int_leads', 'month', none),
        'web_day': ('int_web_days', none, none),
        'incident': ('int_incidents', none, none),
        'group_day': ('int_group_days', none, none),
        'wecom_user_day': ('int_wecom_days', none, "record_type = 'wecom_user_day'"),
        'wecom_owner_day': ('int_wecom_days', none, "record_type = 'wecom_owner_day'"),
        'qa_answer': ('int_qa_answers', none, none),
        'community_month': ('int_community_months', none, none),
        'article': ('int_articles', none, none),
        'content_item': ('int_content_items', 'month', none),
        'content_due': ('int_content_items', 'due_month', none),
        'mention': ('int_publicity', none, "record_type = 'mention'"),
        'hashtag_post': ('int_publicity', none, "record_type = 'hashtag_post'"),
        'ugc_item': ('int_publicity', none, "record_type = 'ugc_item'"),
        'audience_day': ('int_audience_days', none, none),
        'follower_cohort': ('int_follower_cohorts', none, none),
        'customer': ('int_customer_months', none, none),
        'group_stock': ('int_group_stocks', none, none),
        'ad_day': ('int_marketing_records', none, "record_type = 'ad_day'"),
        'app_day': ('int_marketing_records', none, "record_type = 'app_day'"),
        'paid_lead': ('int_marketing_records', none, "record_type = 'paid_lead'"),
        'paid_customer': ('int_marketing_records', none, "record_type = 'paid_customer'"),
        'paid_order': ('int_marketing_records', none, "record_type = 'paid_order'"),
        'lead_mature': ('int_marketing_records', none, "record_type = 'lead_mature'"),
        'lead_won': ('int_marketing_records', none, "record_type = 'lead_won'"),
        'interview': ('int_marketing_records', none, "record_type = 'interview'"),
        'report': ('int_marketing_records', none, "record_type = 'report'"),
        'funnel_step': ('int_marketing_records', none, "record_type = 'funnel_step'"),
        'event': ('int_events', 'month', none),
        'event_settlement': ('int_events', 'settled_month', none),
        'event_order': ('int_event_orders', none, none),
        'survey_answer': ('int_surveys', none, none),
        'comment': ('int_comments', none, none),
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
