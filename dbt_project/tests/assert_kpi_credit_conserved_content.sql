-- Persons + UNASSIGNED = the source's total for the KPIs of content, publicity and audience: numerators of what is
-- added up, both sides of rates. The totals are taken from the facts without any credit. Parts of a split are cut to
-- millionths of a record, so totals agree exactly; but for the parts of an opening stock, which have twelve decimals
-- before they are shared.
{{ config(meta={'dagster': {'ref': {'name': 'fct_kpi_components'}}}) }}

with posts as (
    select
        month,
        sum(case when followers_at_post is not null then reach end) as reach,
        sum(case when reach is not null then followers_at_post end) as reach_followers,
        sum(case when followers_at_post is not null then impressions end) as impressions,
        sum(case when url_clicks is not null then impressions end) as click_impressions
    from {{ ref('int_posts') }}
    where coalesce(text_kind, 'post') <> 'repost' and {{ in_run_months('month') }}
    group by month
),

articles as (
    select
        month,
        sum(reads) as reads,
        sum(case when readers is not null then delivered end) as delivered,
        sum(case when reads is not null then shares end) as shares,
        count(comments) as n_commented,
        sum(case when delivered is not null then comments + shares + favourites end) as valid_interactions,
        sum(case when likes + zaikan + comments + shares + favourites is not null then reads end) as interaction_reads
    from {{ ref('int_articles') }}
    group by month
),

items as (
    select
        items.*,
        case items.content_type
            when 'article' then settings.content_weight_article
            when 'video' then settings.content_weight_video
            when 'event' then settings.content_weight_event
            else settings.content_weight_post
        end as type_weight
    from {{ ref('int_content_items') }} as items
    cross join {{ source('company', 'settings') }} as settings
),

published as (
    select
        month,
        count(*) as n_items,
        sum(type_weight) as output
    from items
    where {{ in_run_months('month') }}
    group by month
),

due as (
    select
        due_month as month,
        sum(type_weight) as plan,
        count(case when is_judged then 1 end) as n_judged,
        count(case when is_judged and published_at <= due_at then 1 end) as n_on_time
    from items
    where {{ in_run_months('due_month') }}
    group by due_month
),

ugc as (
    select
        month,
        count(*) as n_items
    from {{ ref('int_publicity') }}
    where record_type = 'ugc_item' and is_counted
    group by month
),

audience as (
    select
        month,
        sum(case when platform = 'x' and not is_offline_event then net_growth end) as x_growth,
        sum(case when platform = 'x' and not is_offline_event then opening_part end) as x_opening,
        sum(case when platform = 'wechat_oa' and not is_offline_event then net_growth end) as oa_growth,
        sum(case when platform = 'wechat_oa' and not is_offline_event then opening_part end) as oa_opening,
        sum(case when platform = 'wechat_oa' then net_growth end) as oa_all_growth,
        sum(case when platform = 'wechat_oa' then opening_part end) as oa_all_opening
    from {{ ref('int_audience_days') }}
    where net_growth is not null and opening_part is not null
    group by month
),

cohorts as (
    select
        month,
        sum(n_qualified) as n_qualified,
        sum(n_new) as n_new
    from {{ ref('int_follower_cohorts') }}
    where n_qualified is not null
    group by month
),

source_totals as (
    {%- set totals = [
        ('posts', 'reach_rate', 'reach', 'reach_followers'),
        ('posts', 'coverage_rate_proxy', 'impressions', none),
        ('posts', 'content_click_rate', none, 'click_impressions'),
        ('articles', 'article_reads', 'reads', none),
        ('articles', 'read_rate', none, 'delivered'),
        ('articles', 'content_spread_rate', 'shares', none),
        ('articles', 'comments_per_article', none, 'n_commented'),
        ('articles', 'effective_interaction_rate', 'valid_interactions', none),
        ('articles', 'content_interaction_rate', none, 'interaction_reads'),
        ('published', 'content_items_published', 'n_items', none),
        ('published', 'content_output_rate', 'output', none),
        ('due', 'content_output_rate', none, 'plan'),
        ('due', 'publishing_timeliness', 'n_on_time', 'n_judged'),
        ('ugc', 'ugc_collected', 'n_items', none),
        ('audience', 'follower_growth_rate_x', 'x_growth', 'x_opening'),
        ('audience', 'follower_growth_rate_oa', 'oa_growth', 'oa_opening'),
        ('audience', 'oa_follower_growth', 'oa_all_growth', 'oa_all_opening'),
        ('cohorts', 'follower_retention_30d', 'n_qualified', 'n_new'),
    ] %}
    {%- set parts = [] %}
    {%- for relation, kpi, numerator, denominator in totals %}
    {%- if numerator %}
    {%- do parts.append((relation, kpi, 'numerator', numerator)) %}
    {%- endif %}
    {%- if denominator %}
    {%- do parts.append((relation, kpi, 'denominator', denominator)) %}
    {%- endif %}
    {%- endfor %}
    {%- for relation, kpi, part, total in parts %}
    select
        month,
        '{{ kpi }}' as kpi_id,
        '{{ part }}' as part,
        cast({{ total }} as decimal(38, 12)) as total
    from {{ relation }}
    where {{ total }} is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

{{ totals_not_credited(
    'source_totals', parts_of_stocks=['follower_growth_rate_x', 'follower_growth_rate_oa', 'oa_follower_growth']
) }}
