{{ config(materialized='ephemeral') }}

-- One scan of the posts of the run's months for everything that can be wrong with them.
with counts as (
    select
        posts.month,
        posts.account_id,
        count(*) as n_posts,
        count(case when posts.has_conflict then 1 end) as n_conflicts,
        count(case when {{ is_own_text('posts') }} then 1 end) as n_own,
        count(case when {{ is_own_text('posts') }} and posts.followers_at_post is null then 1 end) as n_no_followers,
        count(case when {{ is_own_text('posts') }} and not posts.is_mature then 1 end) as n_immature,
        count(case when coalesce(posts.text_kind, 'post') <> 'reply' then 1 end) as n_flaggable,
        count(
            case when coalesce(posts.text_kind, 'post') <> 'reply' and {{ original_flag('posts') }} is null then 1 end
        ) as n_unflagged
    from {{ ref('int_posts') }} as posts
    where {{ in_run_months('posts.month') }}
    group by posts.month, posts.account_id
),

judged as (
    select
        counts.month,
        counts.account_id,
        counts.n_posts as n_total,
        counts.n_conflicts as n,
        'contradiction' as guard,
        'withhold' as severity,
        '' as kpi_scope,
        'contradiction' as reason_code
    from counts
    where counts.n_conflicts > 0

    union all

    select
        counts.month,
        counts.account_id,
        counts.n_own as n_total,
        counts.n_no_followers as n,
        'coverage' as guard,
        'withhold' as severity,
        'coverage_rate_proxy;engagement_rate_followers;engagement_rate_original;reach_rate' as kpi_scope,
        'followers_missing' as reason_code
    from counts
    where counts.n_no_followers > 0

    union all

    select
        counts.month,
        counts.account_id,
        counts.n_own as n_total,
        counts.n_immature as n,
        'coverage' as guard,
        'provisional' as severity,
        catalogue.kpi_scope,
        'immature_records' as reason_code
    from counts
    cross join (
        select string_agg(kpi_id, ';' order by kpi_id) as kpi_scope
        from {{ ref('kpi_catalogue') }}
        where families = 'x_posts' and maturity_days > 0
    ) as catalogue
    where counts.n_immature > 0

    union all

    select
        counts.month,
        counts.account_id,
        counts.n_flaggable as n_total,
        counts.n_unflagged as n,
        'coverage' as guard,
        case
            when counts.n_flaggable - counts.n_unflagged < settings.original_min_coverage * counts.n_flaggable
                then 'withhold'
            else 'note'
        end as severity,
        'engagement_rate_original;original_content_share' as kpi_scope,
        'original_flags_missing' as reason_code
    from counts
    cross join {{ source('company', 'settings') }} as settings
    where counts.n_unflagged > 0
)

select
    month,
    'x_posts' as family,
    'account' as subject_type,
    account_id as subject_id,
    guard,
    severity,
    kpi_scope,
    reason_code,
    {{ reason_json([
        ('n', 'n', false),
        ('share', percent_text('n', 'n_total'), true),
        ('subject', 'account_id', true),
        ('total', 'n_total', false),
    ]) }} as reason_params,
    cast(n as bigint) as n,
    cast(case severity when 'note' then 0 else n end as bigint) as n_lost
from judged
