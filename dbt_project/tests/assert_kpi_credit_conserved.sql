-- Persons + UNASSIGNED = the source's total, exactly, for every additive KPI and for the denominators of rates.
-- The totals are taken from the facts without any credit.
{{ config(meta={'dagster': {'ref': {'name': 'fct_kpi_components'}}}) }}

with source_totals as (
    select month, 'impressions' as kpi_id, 'numerator' as part, cast(sum(impressions) as decimal(38, 12)) as total
    from {{ ref('int_posts') }}
    where coalesce(text_kind, 'post') <> 'repost' and {{ in_run_months('month') }}
    group by month
    union all
    select month, 'posts_published', 'numerator', cast(count(*) as decimal(38, 12))
    from {{ ref('int_posts') }}
    where coalesce(text_kind, 'post') not in ('repost', 'reply') and {{ in_run_months('month') }}
    group by month
    union all
    select month, 'engagement_rate_followers', 'denominator', cast(sum(followers_at_post) as decimal(38, 12))
    from {{ ref('int_posts') }}
    where
        coalesce(text_kind, 'post') <> 'repost'
        and likes is not null and reposts is not null and replies is not null
        and {{ in_run_months('month') }}
    group by month
    union all
    select month, 'viral_posts', 'numerator', cast(sum(case when is_viral then 1 else 0 end) as decimal(38, 12))
    from {{ ref('int_post_outliers') }}
    where is_viral is not null and {{ in_run_months('month') }}
    group by month
    union all
    select month, 'net_follower_growth', 'numerator', cast(sum(growth) as decimal(38, 12))
    from {{ ref('int_account_days') }}
    where {{ in_run_months('month') }}
    group by month
    union all
    select orders.month, 'conversion_revenue', 'numerator', cast(sum(orders.net_amount) as decimal(38, 12))
    from {{ ref('int_orders') }} as orders
    cross join {{ source('company', 'settings') }} as settings
    where
        orders.is_counted
        and coalesce(orders.currency, settings.currency) = settings.currency
        and {{ in_run_months('orders.month') }}
    group by orders.month
    union all
    select month, 'promo_code_uses', 'numerator', cast(count(*) as decimal(38, 12))
    from {{ ref('int_orders') }}
    where is_counted and discount_code <> '' and net_amount > 0 and {{ in_run_months('month') }}
    group by month
    union all
    select month, 'deals_won', 'numerator', cast(count(*) as decimal(38, 12))
    from {{ ref('int_deals') }}
    where meaning = 'won' and {{ in_run_months('month') }}
    group by month
    union all
    select month, 'won_revenue', 'numerator', cast(sum(amount) as decimal(38, 12))
    from {{ ref('int_deals') }}
    where meaning = 'won' and {{ in_run_months('month') }}
    group by month
    union all
    select month, 'win_rate', 'denominator', cast(count(*) as decimal(38, 12))
    from {{ ref('int_deals') }}
    where meaning in ('won', 'lost') and {{ in_run_months('month') }}
    group by month
    union all
    select resolved_month, 'tickets_resolved', 'numerator', cast(count(*) as decimal(38, 12))
    from {{ ref('int_tickets') }}
    where {{ in_run_months('resolved_month') }}
    group by resolved_month
    union all
    select month, 'first_reply_within_sla', 'denominator', cast(count(is_sla_breach) as decimal(38, 12))
    from {{ ref('int_tickets') }}
    where {{ in_run_months('month') }}
    group by month
    union all
    select month, 'site_clicks', 'numerator', cast(sum(sessions) as decimal(38, 12))
    from {{ ref('int_web_days') }}
    where is_from_x and {{ in_run_months('month') }}
    group by month
    union all
    select month, 'security_incidents', 'numerator', cast(count(*) as decimal(38, 12))
    from {{ ref('int_incidents') }}
    where kind in ('policy', 'account_security') and {{ in_run_months('month') }}
    group by month
)

{{ totals_not_credited('source_totals') }}
