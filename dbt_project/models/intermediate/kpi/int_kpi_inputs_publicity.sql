{{ config(materialized='view') }}

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    'campaign' as subject_type,
    publicity.campaign as subject_id,
    credit.record_type,
    credit.record_id,
    publicity.happened_at as occurred_at,
    credit.weight,
    publicity.has_conflict,
    publicity._content_id,
    publicity._row_no,
    case when credit.record_type = 'mention' and publicity.is_counted then publicity.value_key end
        as media_mentions__k,
    -- a post with two tags is one post
    case when credit.record_type = 'hashtag_post' and publicity.is_counted then publicity.value_key end
        as hashtag_usage__k,
    case when credit.record_type = 'ugc_item' and publicity.is_counted then credit.weight end as ugc_collected__n
from {{ ref('int_credit_content') }} as credit
inner join {{ ref('int_publicity') }} as publicity
    on credit.record_type = publicity.record_type and credit.record_id = publicity.record_id
