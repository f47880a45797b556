{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_run_months() }}"
) }}

-- Baselines are made per account and day, not per post: posts of one day share the 90 days before it.
with settings as (
    select viral_z, viral_min_posts, viral_baseline_days, bookmark_weight
    from {{ source('company', 'settings') }}
),

posts as (
    select
        posts.post_id,
        posts.account_id,
        posts.month,
        posts.local_day,
        posts.is_mature,
        ln(1 + cast({{ weighted_interactions('posts', 'settings') }} as double)) as log_interactions
    from {{ ref('int_posts') }} as posts
    cross join settings
    where {{ is_own_post('posts') }} and {{ weighted_interactions('posts', 'settings') }} is not null
),

judged_days as (
    select distinct account_id, local_day from posts where {{ in_run_months('month') }}
),

baseline_posts as (
    select judged_days.account_id, judged_days.local_day, posts.log_interactions
    from judged_days
    cross join settings
    inner join posts
        on
            judged_days.account_id = posts.account_id
            and posts.local_day < judged_days.local_day
            and posts.local_day >= judged_days.local_day - settings.viral_baseline_days
),

centres as (
    select
        account_id,
        local_day,
        count(*) as n_baseline,
        {{ percentile('log_interactions', 0.5) }} as centre
    from baseline_posts
    group by account_id, local_day
),

spreads as (
    select
        centres.account_id,
        centres.local_day,
        centres.n_baseline,
        centres.centre,
        {{ percentile('abs(baseline_posts.log_interactions - centres.centre)', 0.5) }} as median_deviation,
        -- summed as decimals: a sum of doubles would depend on the order of the rows
        sum(cast(abs(baseline_posts.log_interactions - centres.centre) as decimal(38, 12)))
        / centres.n_baseline as mean_deviation
    from centres
    cross join settings
    inner join baseline_posts
        on centres.account_id = baseline_posts.account_id and centres.local_day = baseline_posts.local_day
    where centres.n_baseline >= settings.viral_min_posts
    group by centres.account_id, centres.local_day, centres.n_baseline, centres.centre
),

scored as (
    select
        posts.post_id,
        posts.account_id,
        posts.month,
        spreads.n_baseline,
        case
            when spreads.median_deviation > 0
                then 0.6745 * (posts.log_interactions - spreads.centre) / spreads.median_deviation
            when spreads.mean_deviation > 0
                then (posts.log_interactions - spreads.centre) / (1.2533 * spreads.mean_deviation)
        end as modified_z
    from posts
    inner join spreads on posts.account_id = spreads.account_id and posts.local_day = spreads.local_day
    where {{ in_run_months('posts.month') }}
)

select
    scored.post_id,
    scored.account_id,
    scored.month,
    scored.n_baseline,
    cast(scored.modified_z as decimal(18, 6)) as modified_z,
    cast(scored.modified_z as decimal(18, 6)) > settings.viral_z as is_viral
from scored
cross join settings
