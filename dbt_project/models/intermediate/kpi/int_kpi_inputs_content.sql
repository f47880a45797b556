{{ config(materialized='view') }}

-- What became of articles, and what became of the plan. A rate counts a record only when both of its sides are known.
with articles as (
    select
        record_id,
        account_id,
        published_at,
        delivered,
        readers,
        reads,
        shares,
        comments,
        likes + zaikan + comments + shares + favourites as interactions,
        -- what costs more than a tap
        comments + shares + favourites as valid_interactions,
        has_conflict,
        _content_id,
        _row_no
    from {{ ref('int_articles') }}
),

items as (
    select
        items.item_id,
        items.published_at,
        items.due_at,
        items.is_judged,
        items.has_conflict,
        items._content_id,
        items._row_no,
        case items.content_type
            when 'article' then settings.content_weight_article
            when 'video' then settings.content_weight_video
            when 'event' then settings.content_weight_event
            else settings.content_weight_post
        end as type_weight
    from {{ ref('int_content_items') }} as items
    cross join {{ source('company', 'settings') }} as settings
)

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    'account' as subject_type,
    articles.account_id as subject_id,
    credit.record_type,
    credit.record_id,
    articles.published_at as occurred_at,
    credit.weight,
    articles.has_conflict,
    articles._content_id,
    articles._row_no,
    articles.reads * credit.weight as article_reads__n,
    case when articles.delivered is not null then articles.readers * credit.weight end as read_rate__n,
    case when articles.readers is not null then articles.delivered * credit.weight end as read_rate__d,
    case when articles.reads is not null then articles.interactions * credit.weight end
        as content_interaction_rate__n,
    case when articles.interactions is not null then articles.reads * credit.weight end
        as content_interaction_rate__d,
    case when articles.reads is not null then articles.shares * credit.weight end as content_spread_rate__n,
    case when articles.shares is not null then articles.reads * credit.weight end as content_spread_rate__d,
    case when articles.delivered is not null then articles.valid_interactions * credit.weight end
        as effective_interaction_rate__n,
    case when articles.valid_interactions is not null then articles.delivered * credit.weight end
        as effective_interaction_rate__d,
    articles.shares * credit.weight as shares_per_article__n,
    case when articles.shares is not null then credit.weight end as shares_per_article__d,
    articles.comments * credit.weight as comments_per_article__n,
    case when articles.comments is not null then credit.weight end as comments_per_article__d,
    cast(null as decimal(9, 6)) as content_items_published__n,
    cast(null as decimal(18, 10)) as content_output_rate__n,
    cast(null as decimal(18, 10)) as content_output_rate__d,
    cast(null as decimal(9, 6)) as publishing_timeliness__n,
    cast(null as decimal(9, 6)) as publishing_timeliness__d
from {{ ref('int_credit_content') }} as credit
inner join articles on credit.record_id = articles.record_id
where credit.record_type = 'article'

union all by name

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    'system' as subject_type,
    'cms' as subject_id,
    credit.record_type,
    credit.record_id,
    case credit.record_type when 'content_item' then items.published_at else items.due_at end as occurred_at,
    credit.weight,
    items.has_conflict,
    items._content_id,
    items._row_no,
    case credit.record_type when 'content_item' then credit.weight end as content_items_published__n,
    -- what was published is one half of this ratio, what was due is the other
    case credit.record_type when 'content_item' then items.type_weight * credit.weight else 0 * credit.weight end
        as content_output_rate__n,
    case credit.record_type when 'content_due' then items.type_weight * credit.weight else 0 * credit.weight end
        as content_output_rate__d,
    case
        when credit.record_type = 'content_due' and items.is_judged
            then case when items.published_at <= items.due_at then credit.weight else 0 end
    end as publishing_timeliness__n,
    case when credit.record_type = 'content_due' and items.is_judged then credit.weight end
        as publishing_timeliness__d
from {{ ref('int_credit_content') }} as credit
inner join items on credit.record_id = items.item_id
where credit.record_type in ('content_item', 'content_due')
