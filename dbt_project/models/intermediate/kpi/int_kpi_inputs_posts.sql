{{ config(materialized='view') }}

with posts as (
    select
        posts.post_id,
        posts.account_id,
        posts.created_at,
        posts.text_kind,
        posts.impressions,
        posts.format,
        posts.followers_at_post,
        posts.reach,
        posts.url_clicks,
        posts.reposts,
        posts.replies,
        posts.has_conflict,
        posts._content_id,
        posts._row_no,
        {{ original_flag('posts') }} as is_original,
        {{ is_own_text('posts') }} as is_own_text,
        {{ is_own_post('posts') }} as is_own_post,
        {{ weighted_interactions('posts', 'settings') }} as interactions,
        {{ post_impressions('posts') }} as counted_impressions
    from {{ ref('int_posts') }} as posts
    cross join {{ source('company', 'settings') }} as settings
)

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    'account' as subject_type,
    posts.account_id as subject_id,
    'post' as record_type,
    credit.record_id,
    posts.created_at as occurred_at,
    credit.weight,
    posts.has_conflict,
    posts._content_id,
    posts._row_no,
    posts.counted_impressions * credit.weight as impressions__n,
    -- a rate counts a post only when both of its sides are known
    case when posts.is_own_text and posts.followers_at_post is not null then posts.interactions * credit.weight end
        as engagement_rate_followers__n,
    case
        when posts.is_own_text and posts.interactions is not null then posts.followers_at_post * credit.weight
    end as engagement_rate_followers__d,
    case when posts.counted_impressions is not null then posts.interactions * credit.weight end
        as engagement_rate_impressions__n,
    case when posts.interactions is not null then posts.counted_impressions * credit.weight end
        as engagement_rate_impressions__d,
    case
        when coalesce(posts.text_kind, 'post') <> 'reply' and posts.is_original is not null
            then case when posts.is_original then credit.weight else 0 end
    end as original_content_share__n,
    case when coalesce(posts.text_kind, 'post') <> 'reply' and posts.is_original is not null then credit.weight end
        as original_content_share__d,
    case when posts.is_own_post then posts.format end as content_diversity__k,
    case when outliers.is_viral then credit.weight when outliers.is_viral is not null then 0 end as viral_posts__n,
    case when posts.is_own_post then credit.weight end as posts_published__n,
    case when posts.is_own_post then credit.weight end as posting_frequency__n,
    -- the plan is the other half of this ratio (int_kpi_inputs_plan); a post itself plans nothing
    case when posts.is_own_post then 0 * credit.weight end as posting_frequency__d,
    case
        when posts.is_own_post and posts.is_original and posts.followers_at_post is not null
            then posts.interactions * credit.weight
    end as engagement_rate_original__n,
    case
        when posts.is_own_post and posts.is_original and posts.interactions is not null
            then posts.followers_at_post * credit.weight
    end as engagement_rate_original__d,
    case when posts.is_own_text and posts.followers_at_post is not null then posts.reach * credit.weight end
        as reach_rate__n,
    case when posts.is_own_text and posts.reach is not null then posts.followers_at_post * credit.weight end
        as reach_rate__d,
    case when posts.followers_at_post is not null then posts.counted_impressions * credit.weight end
        as coverage_rate_proxy__n,
    case when posts.counted_impressions is not null then posts.followers_at_post * credit.weight end
        as coverage_rate_proxy__d,
    case when posts.counted_impressions is not null then posts.url_clicks * credit.weight end as content_click_rate__n,
    case when posts.url_clicks is not null then posts.counted_impressions * credit.weight end as content_click_rate__d,
    case when posts.is_own_post then posts.reposts * credit.weight end as shares_per_post__n,
    case when posts.is_own_post and posts.reposts is not null then credit.weight end as shares_per_post__d,
    case when posts.is_own_post then posts.replies * credit.weight end as comments_per_post__n,
    case when posts.is_own_post and posts.replies is not null then credit.weight end as comments_per_post__d
from {{ ref('int_credit') }} as credit
inner join posts on credit.record_id = posts.post_id
left join {{ ref('int_post_outliers') }} as outliers on posts.post_id = outliers.post_id
where credit.record_type = 'post'
