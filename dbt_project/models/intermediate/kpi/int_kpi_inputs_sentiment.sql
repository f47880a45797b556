{{ config(materialized='view') }}

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    case comments.campaign when '' then 'account' else 'campaign' end as subject_type,
    case comments.campaign when '' then comments.account_id else comments.campaign end as subject_id,
    credit.record_type,
    credit.record_id,
    comments.commented_at as occurred_at,
    credit.weight,
    comments.has_conflict,
    comments._content_id,
    comments._row_no,
    -- what nobody could label is in neither side
    case
        when comments.is_counted and comments.label is not null
            then case comments.label when 'positive' then credit.weight else 0 end
    end as positive_sentiment_share__n,
    case when comments.is_counted and comments.label is not null then credit.weight end as positive_sentiment_share__d,
    case
        when comments.is_counted and comments.label is not null
            then case comments.label when 'positive' then credit.weight when 'negative' then -credit.weight else 0 end
    end as user_sentiment_index__n,
    case when comments.is_counted and comments.label is not null then credit.weight end as user_sentiment_index__d
from {{ ref('int_credit_sentiment') }} as credit
inner join {{ ref('int_comments') }} as comments on credit.record_id = comments.record_id
