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

-- the article's line in the CMS, which knows its authors; a line that names the account goes before one that names
-- none, and of two that claim one article the first by id counts
authors as (
    select
        dated.account_id,
        dated.article_id,
        items.author_1_key,
        items.author_2_key,
        items.author_3_key,
        items.author_1_weight,
        items.author_2_weight,
        items.author_3_weight,
        row_number() over (
            partition by dated.account_id, dated.article_id order by items.account_id desc, items.item_id asc
        ) as line_no
    from dated
    inner join {{ ref('int_content_items') }} as items
        on dated.article_id = items.platform_id and items.account_id in ('', dated.account_id)
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
left join authors
    on dated.account_id = authors.account_id and dated.article_id = authors.article_id and authors.line_no = 1
where {{ in_run_months('dated.month') }}
