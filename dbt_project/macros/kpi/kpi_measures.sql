{#
    Which KPIs each inputs view feeds, and how. A list here, because a macro cannot read the catalogue seed while dbt
    parses; tests/dbt/test_kpi_catalogue.py holds that both say the same.

    sum      `<kpi>__n`                  ratio  `<kpi>__n` / `<kpi>__d`
    numeric  `<kpi>__v`, a distribution of numbers
    category `<kpi>__k`, a distribution over categories     distinct `<kpi>__k`, distinct keys
    hits     `<kpi>__k`, distinct keys, and `<kpi>__h`, 1 where the record makes its key count, else 0
#}
{% macro kpi_measures() -%}
    {{ return({
        'posts': [
            ('impressions', 'sum'),
            ('engagement_rate_followers', 'ratio'),
            ('engagement_rate_impressions', 'ratio'),
            ('original_content_share', 'ratio'),
            ('content_diversity', 'category'),
            ('viral_posts', 'sum'),
            ('posts_published', 'sum'),
            ('posting_frequency', 'ratio'),
            ('engagement_rate_original', 'ratio'),
            ('reach_rate', 'ratio'),
            ('coverage_rate_proxy', 'ratio'),
            ('content_click_rate', 'ratio'),
            ('shares_per_post', 'ratio'),
            ('comments_per_post', 'ratio'),
        ],
        'plan': [('posting_frequency', 'ratio')],
        'account': [('net_follower_growth', 'sum')],
        'team': [('team_net_follower_growth', 'sum'), ('team_impressions', 'sum')],
        'orders': [
            ('promo_code_uses', 'sum'),
            ('conversion_revenue', 'sum'),
            ('new_customers', 'sum'),
            ('community_sales', 'sum'),
            ('community_roi', 'ratio'),
            ('customer_referral_rate', 'ratio'),
            ('repurchase_rate', 'distinct'),
            ('average_order_value', 'ratio'),
            ('order_completion_rate', 'ratio'),
            ('existing_customer_revenue_share', 'ratio'),
            ('private_domain_order_share', 'ratio'),
            ('social_revenue_per_session', 'ratio'),
            ('member_conversion_rate', 'ratio'),
            ('community_value_coefficient', 'ratio'),
        ],
        'deals': [('deals_won', 'sum'), ('won_revenue', 'sum'), ('win_rate', 'ratio')],
        'tickets': [
            ('first_reply_minutes_p50', 'numeric'),
            ('first_reply_minutes_p90', 'numeric'),
            ('first_reply_minutes_calendar_p50', 'numeric'),
            ('first_reply_within_sla', 'ratio'),
            ('tickets_resolved', 'sum'),
            ('resolution_minutes_p50', 'numeric'),
            ('ticket_resolution_rate', 'ratio'),
        ],
        'leads': [
            ('leads_submitted', 'distinct'),
            ('online_traffic_share', 'ratio'),
            ('lead_conversion', 'ratio'),
            ('lead_completeness', 'ratio'),
            ('utm_compliance', 'ratio'),
        ],
        'web': [('site_clicks', 'sum'), ('social_revenue_per_session', 'ratio')],
        'incidents': [
            ('security_incidents', 'sum'),
            ('crisis_response_minutes_p50', 'numeric'),
            ('crisis_resolution_minutes_p50', 'numeric'),
            ('crisis_response_within_sla', 'ratio'),
            ('crisis_resolution_within_sla', 'ratio'),
        ],
        'groups': [
            ('member_growth_rate', 'ratio'),
            ('members_joined', 'sum'),
            ('members_left', 'sum'),
            ('members_removed', 'sum'),
            ('member_net_growth', 'sum'),
            ('members_closing', 'sum'),
            ('new_members', 'distinct'),
            ('group_leave_rate', 'ratio'),
            ('member_retention_30', 'ratio'),
            ('member_retention_60', 'ratio'),
            ('member_retention_90', 'ratio'),
        ],
        'members': [
            ('existing_members', 'distinct'),
            ('active_members', 'distinct'),
            ('participation_times', 'sum'),
            ('participation_minutes', 'sum'),
            ('valid_message_share', 'ratio'),
            ('posts_per_active_member', 'ratio'),
            ('speaking_rate', 'hits'),
            ('monthly_active_share', 'hits'),
            ('new_member_activity', 'hits'),
        ],
        'wecom': [
            ('negative_feedback_rate', 'ratio'),
            ('messages_per_chat', 'ratio'),
            ('wecom_reply_minutes', 'ratio'),
            ('wecom_spoken_share', 'ratio'),
            ('accepted_answers', 'sum'),
            ('community_coverage', 'ratio'),
        ],
        'content': [
            ('article_reads', 'sum'),
            ('read_rate', 'ratio'),
            ('content_interaction_rate', 'ratio'),
            ('content_spread_rate', 'ratio'),
            ('effective_interaction_rate', 'ratio'),
            ('shares_per_article', 'ratio'),
            ('comments_per_article', 'ratio'),
            ('content_items_published', 'sum'),
            ('content_output_rate', 'ratio'),
            ('publishing_timeliness', 'ratio'),
        ],
        'publicity': [('media_mentions', 'distinct'), ('hashtag_usage', 'distinct'), ('ugc_collected', 'sum')],
        'audience': [
            ('follower_growth_rate_x', 'ratio'),
            ('follower_growth_rate_oa', 'ratio'),
            ('oa_follower_growth', 'ratio'),
            ('follower_retention_30d', 'ratio'),
        ],
        'customers': [
            ('existing_customer_repurchase', 'hits'),
            ('referring_customer_share', 'hits'),
            ('high_value_buying_share', 'hits'),
            ('high_value_retention', 'ratio'),
            ('high_value_conversion', 'ratio'),
            ('customer_lifetime_value', 'ratio'),
            ('loyalty_conversion', 'ratio'),
            ('community_value_coefficient', 'ratio'),
        ],
        'buyers': [('member_conversion_rate', 'ratio'), ('community_value_coefficient', 'ratio')],
        'costs': [('community_roi', 'ratio')],
        'savings': [('lead_cost_savings', 'sum')],
        'marketing': [
            ('ad_click_rate', 'ratio'),
            ('cost_per_lead', 'ratio'),
            ('customer_acquisition_cost', 'ratio'),
            ('marketing_roi', 'ratio'),
            ('return_on_ad_spend', 'ratio'),
            ('app_installs', 'sum'),
            ('lead_conversion_cohort', 'ratio'),
            ('lead_conversion', 'ratio'),
            ('user_interviews', 'sum'),
            ('report_timeliness', 'ratio'),
            ('funnel_accuracy', 'ratio'),
        ],
        'events': [
            ('event_participation_rate', 'ratio'),
            ('event_participations', 'sum'),
            ('event_attendance_rate', 'ratio'),
            ('event_roi', 'ratio'),
            ('event_order_conversion', 'ratio'),
            ('co_creation_events', 'sum'),
            ('co_creation_output_conversion', 'ratio'),
            ('activity_incubation_days_p50', 'numeric'),
        ],
        'surveys': [('csat_top2_share', 'ratio'), ('nps', 'ratio'), ('survey_response_rate', 'ratio')],
        'reviews': [
            ('influence_score', 'ratio'),
            ('dm_quality_score', 'ratio'),
            ('innovation_score', 'ratio'),
            ('collaboration_360', 'ratio'),
            ('culture_fit_points', 'ratio'),
            ('work_attitude_points', 'ratio'),
            ('content_quality_score', 'ratio'),
            ('brand_perception', 'ratio'),
            ('professional_feedback_score', 'ratio'),
            ('certification_share', 'ratio'),
            ('shared_target_attainment', 'ratio'),
            ('human_ai_collaboration', 'ratio'),
            ('brief_match_score', 'ratio'),
            ('proposals_adopted', 'sum'),
            ('teamwork_360', 'ratio'),
            ('initiative_points', 'ratio'),
            ('kr_attainment', 'ratio'),
            ('objective_score', 'ratio'),
            ('self_manager_gap', 'ratio'),
        ],
        'sentiment': [
            ('positive_sentiment_share', 'ratio'),
            ('user_sentiment_index', 'ratio'),
        ],
    }) }}
{%- endmacro %}

{# KPIs whose exact rows are those of another KPI, so that they are not kept twice (catalogue: values_kpi_id). #}
{% macro kpi_shared_values() -%}
    {{ return({'first_reply_minutes_p90': 'first_reply_minutes_p50'}) }}
{%- endmacro %}

{# KPIs whose interval needs the spread of their records: `nps` and `mean` in the catalogue's column `interval`. #}
{% macro kpi_with_squares() -%}
    {{ return([
        'nps',
        'dm_quality_score',
        'innovation_score',
        'content_quality_score',
        'professional_feedback_score',
        'brief_match_score',
    ]) }}
{%- endmacro %}

{# Every KPI once, in the order of the catalogue's families. #}
{% macro kpi_ids() -%}
    {%- set ids = [] -%}
    {%- for measures in kpi_measures().values() -%}
        {%- for kpi, kind in measures if kpi not in ids -%}{%- do ids.append(kpi) -%}{%- endfor -%}
    {%- endfor -%}
    {{ return(ids) }}
{%- endmacro %}

{# The column whose presence makes a record count for a KPI. #}
{% macro kpi_marker_column(kpi, kind) -%}
    {{ kpi }}__{{ {'sum': 'n', 'ratio': 'd', 'numeric': 'v', 'category': 'k', 'distinct': 'k', 'hits': 'k'}[kind] }}
{%- endmacro %}

{# Those of some families whose inputs view may have rows in this run. #}
{% macro kpi_families_with_rows(families) -%}
    {%- set views = [] -%}
    {%- for family in families -%}{%- do views.append('int_kpi_inputs_' ~ family) -%}{%- endfor -%}
    {%- set found = [] -%}
    {%- for view in with_rows(views) -%}{%- do found.append(view | replace('int_kpi_inputs_', '')) -%}{%- endfor -%}
    {{ return(found) }}
{%- endmacro %}
