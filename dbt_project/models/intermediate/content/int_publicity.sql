-- What others published: one wide table, because the three are credited and counted alike.
with listings as (
    select
        *,
        {{ version_order('_file_rank', '_row_no') }} as version_no,
        lag(published_at) over (
            partition by canonical_url order by published_at, _file_rank, _row_no
        ) as listed_before
    from {{ ref('stg_mentions') }}
    where canonical_url is not null
),

-- an article counts once, when it was first published, wherever it is listed again; only what nobody listed for a month
-- is news once more, so that it does not matter how far back a run reads
publications as (
    select
        *,
        sum(case when listed_before >= published_at - interval '31' day then 0 else 1 end) over (
            partition by canonical_url order by published_at, _file_rank, _row_no
        ) as publication_no
    from listings
),

mentions as (
    select
        'mention' as record_type,
        canonical_url || '|' || cast(cast(min(published_at) as date) as varchar) as record_id,
        min(published_at) as happened_at,
        min_by(coalesce(account_id, _subject_id, ''), version_no) as account_id,
        coalesce(min_by(campaign, version_no), '') as campaign,
        cast(null as varchar) as collector_key,
        canonical_url as value_key,
        bool_or(is_brand_hit) as is_counted,
        count(*) as n_versions,
        false as has_conflict,
        min_by(_content_id, version_no) as _content_id,
        min_by(_row_no, version_no) as _row_no
    from publications
    group by canonical_url, publication_no
),

hashtag_versions as (
    select * from {{ chosen_versions(
        ref('stg_hashtag_posts'), key=['post_id', 'hashtag'], values=['author_key', 'is_retweet']
    ) }}
),

hashtag_posts as (
    select
        'hashtag_post' as record_type,
        posts.post_id || '|' || posts.hashtag as record_id,
        posts.posted_at as happened_at,
        coalesce(posts.account_id, posts._subject_id, '') as account_id,
        posts.hashtag as campaign,
        cast(null as varchar) as collector_key,
        posts.post_id as value_key,
        not posts.is_retweet and excluded.author_key is null as is_counted,
        posts.n_versions,
        posts.has_conflict,
        posts._content_id,
        posts._row_no
    from hashtag_versions as posts
    left join {{ source('company', 'excluded_authors') }} as excluded on posts.author_key = excluded.author_key
),

ugc_versions as (
    select * from {{ chosen_versions(
        ref('stg_ugc_items'), key=['ugc_id'], values=['collected_at', 'is_accepted', 'collector_key']
    ) }}
),

ugc_items as (
    select
        'ugc_item' as record_type,
        ugc_id as record_id,
        collected_at as happened_at,
        coalesce(account_id, _subject_id, '') as account_id,
        coalesce(campaign, '') as campaign,
        collector_key,
        ugc_id as value_key,
        is_accepted as is_counted,
        n_versions,
        has_conflict,
        _content_id,
        _row_no
    from ugc_versions
),

everything as (
    select * from mentions
    union all by name
    select * from hashtag_posts
    union all by name
    select * from ugc_items
),

dated as (
    select
        *,
        {{ local_month('happened_at', company_timezone()) }} as month
    from everything
)

select
    record_type,
    record_id,
    happened_at,
    month,
    account_id,
    campaign,
    collector_key,
    value_key,
    is_counted,
    n_versions,
    has_conflict,
    _content_id,
    _row_no
from dated
where {{ in_run_months('month') }}
