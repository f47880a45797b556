{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_run_months() }}"
) }}

-- The content export against the overview: posts that X says were created on the days of an account, and posts that the
-- content files hold of these days. By UTC day, as the overview counts; the month's last day is left out, because posts
-- of its last hours belong to the month after east of Greenwich.
with overview as (
    select month, account_id, day, posts_created
    from {{ ref('int_account_days') }}
    where
        posts_created is not null
        and not has_conflict
        and {{ in_run_months('month') }}
        and day < {{ add_months('month', 1) }} - 1
),

content as (
    select account_id, cast(created_at as date) as day, count(*) as n_posts
    from {{ ref('int_posts') }}
    group by account_id, cast(created_at as date)
)

select
    overview.month,
    overview.account_id,
    cast(sum(overview.posts_created) as bigint) as n_overview,
    cast(coalesce(sum(content.n_posts), 0) as bigint) as n_content
from overview
left join content on overview.account_id = content.account_id and overview.day = content.day
-- where days are missing in the content files themselves, the guard of gaps says so
inner join {{ ref('int_source_coverage') }} as coverage
    on
        overview.month = coverage.month
        and coverage.family = 'x_posts'
        and overview.account_id = coverage.subject_id
        and coverage.n_present = coverage.n_expected
        and coverage.is_covered
group by overview.month, overview.account_id
having sum(overview.posts_created) > 0
