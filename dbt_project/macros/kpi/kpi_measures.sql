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
        ],
        'plan': [('posting_frequency', 'ratio')],
        'account': [('net_follower_growth', 'sum')],
        'team': [('team_net_follower_growth', 'sum'), ('team_impressions', 'sum')],
        'orders': [('promo_code_uses', 'sum'), ('conversion_revenue', 'sum')],
        'deals': [('deals_won', 'sum'), ('won_revenue', 'sum'), ('win_rate', 'ratio')],
        'tickets': [
            ('first_reply_minutes_p50', 'numeric'),
            ('first_reply_minutes_p90', 'numeric'),
            ('first_reply_minutes_calendar_p50', 'numeric'),
            ('first_reply_within_sla', 'ratio'),
            ('tickets_resolved', 'sum'),
            ('resolution_minutes_p50', 'numeric'),
        ],
        'leads': [('leads_submitted', 'distinct')],
        'web': [('site_clicks', 'sum')],
        'incidents': [('security_incidents', 'sum')],
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
    }) }}
{%- endmacro %}

{# KPIs whose exact rows are those of another KPI, so that they are not kept twice (catalogue: values_kpi_id). #}
{% macro kpi_shared_values() -%}
    {{ return({'first_reply_minutes_p90': 'first_reply_minutes_p50'}) }}
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
