{{ config(materialized='ephemeral') }}
{%- set of_numbers -%}
'comments_per_post;content_click_rate;coverage_rate_proxy;engagement_rate_followers;engagement_rate_impressions;'
    || 'engagement_rate_original;impressions;reach_rate;shares_per_post;team_impressions;viral_posts'
{%- endset %}

-- Counts that X always exports and that are empty, and counts that cannot be: more likes than impressions, as when two
-- columns have changed places. An empty count is no zero: a sum that passes over it pays too little, a rate judges the
-- rest for the whole.
with posts as (
    select
        posts.month,
        'x_posts' as family,
        posts.account_id,
        count(*) as n_total,
        count(
            case
                when
                    posts.impressions is null or posts.likes is null or posts.replies is null or posts.reposts is null
                    then 1
            end
        ) as n_missing,
        count(case when posts.likes > posts.impressions then 1 end) as n_impossible
    from {{ ref('int_posts') }} as posts
    where {{ is_own_text('posts') }} and {{ in_run_months('posts.month') }}
    group by posts.month, posts.account_id
),

account_days as (
    select
        month,
        'x_account' as family,
        account_id,
        count(*) as n_total,
        count(case when new_follows is null or unfollows is null then 1 end) as n_missing,
        0 as n_impossible
    from {{ ref('int_account_days') }}
    -- days of which only the number of followers is known have no flows to miss
    where n_versions > 0 and {{ in_run_months('month') }}
    group by month, account_id
),

judged as (
    select
        month,
        family,
        account_id,
        n_total,
        n_missing as n,
        'counts_missing' as reason_code,
        -- a day without its flows is a day that is missing; of posts the bar of the company decides
        family = 'x_account' or n_missing > (1 - {{ setting('quality_bar') }}) * n_total as is_withheld
    from (
        select * from posts
        union all
        select * from account_days
    ) as counted
    where n_missing > 0

    union all

    select
        month,
        family,
        account_id,
        n_total,
        n_impossible as n,
        'counts_impossible' as reason_code,
        n_impossible > (1 - {{ setting('quality_bar') }}) * n_total as is_withheld
    from posts
    where n_impossible > 0
)

select
    month,
    family,
    'account' as subject_type,
    account_id as subject_id,
    'coverage' as guard,
    case when is_withheld then 'withhold' else 'note' end as severity,
    case family when 'x_posts' then {{ of_numbers }} else '' end as kpi_scope,
    reason_code,
    {{ reason_json([
        ('family', 'family', true),
        ('n', 'n', false),
        ('share', percent_text('n', 'n_total'), true),
        ('subject', 'account_id', true),
        ('total', 'n_total', false),
    ]) }} as reason_params,
    cast(n as bigint) as n,
    cast(case when is_withheld then n else 0 end as bigint) as n_lost
from judged
