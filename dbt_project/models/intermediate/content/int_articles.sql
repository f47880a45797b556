-- an export that states no time was made when its range had ended, at the earliest
with aged as (
    select
        *,
        not is_delayed and coalesce(
            {{ seconds_between('published_at', 'coalesce(_exported_at, cast(_period_to as timestamp))') }} // 86400
            >= {{ setting('measure_age_days') }},
            true
        ) as is_settled
    from {{ ref('stg_oa_articles') }}
),

articles as (
    select * from {{ chosen_versions(
        'aged',
        key=['account_id', 'article_id'],
        values=[
            'delivered', 'readers', 'reads', 'shares', 'favourites', 'likes', 'zaikan', 'comments', 'is_delayed'
        ],
        measures=['readers', 'reads', 'shares', 'favourites', 'likes', 'comments'],
        settled='is_settled'
    ) }}
),

dated as (
    select
        *,
        {{ local_month('published_at', company_timezone()) }} as month
    from articles
),

-- the article's line in the CMS, which knows its authors; of two lines that claim one article the first by id
authors as (
    select *
    from (
        select
            *,
            row_number() over (partition by platform_id order by item_id) as item_no
        from {{ ref('int_content_items') }}
        where platform_id is not null
    ) as numbered
    where item_no = 1
)

select
    dated.account_id || '|' || dated.article_id as record_id,
    dated.article_id,
    dated.account_id,
    dated.published_at,
    dated.month,
    dated.delivered,
    dated.readers,
    dated.reads,
    dated.shares,
    dated.favourites,
    dated.likes,
    dated.zaikan,
    dated.comments,
    dated.is_settled,
    authors.author_1_key,
    authors.author_2_key,
    authors.author_3_key,
    coalesce(authors.author_1_weight, cast(0 as decimal(9, 6))) as author_1_weight,
    coalesce(authors.author_2_weight, cast(0 as decimal(9, 6))) as author_2_weight,
    coalesce(authors.author_3_weight, cast(0 as decimal(9, 6))) as author_3_weight,
    dated.n_versions,
    dated.has_conflict,
    dated._content_id,
    dated._row_no
from dated
left join authors on dated.article_id = authors.platform_id
where {{ in_run_months('dated.month') }}
