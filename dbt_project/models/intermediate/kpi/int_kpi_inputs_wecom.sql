{{ config(materialized='view') }}

with credit as (
    select * from {{ ref('int_credit_community') }}
),

records as (
    select
        record_type,
        record_id,
        'system' as subject_type,
        'wecom' as subject_id,
        cast(day as timestamp) as occurred_at,
        has_conflict,
        _content_id,
        _row_no,
        chat_cnt,
        message_cnt,
        avg_reply_minutes,
        negative_feedback_cnt,
        case when is_last_day then member_total end as member_total,
        case when is_last_day then member_has_msg end as member_has_msg,
        cast(null as integer) as n_accepted,
        cast(null as bigint) as members_reached,
        cast(null as bigint) as target_population
    from {{ ref('int_wecom_days') }}

    union all

    select
        'qa_answer',
        answer_id,
        'community',
        community_id,
        counted_at,
        has_conflict,
        _content_id,
        _row_no,
        null,
        null,
        null,
        null,
        null,
        null,
        case when is_accepted then 1 else 0 end,
        null,
        null
    from {{ ref('int_qa_answers') }}

    union all

    select
        'community_month',
        record_id,
        'community',
        community_id,
        cast(day as timestamp),
        has_conflict,
        _content_id,
        _row_no,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        members_reached,
        target_population
    from {{ ref('int_community_months') }}
)

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    records.subject_type,
    records.subject_id,
    records.record_type,
    records.record_id,
    records.occurred_at,
    credit.weight,
    records.has_conflict,
    records._content_id,
    records._row_no,
    case when records.chat_cnt is not null then records.negative_feedback_cnt * credit.weight end
        as negative_feedback_rate__n,
    case when records.negative_feedback_cnt is not null then records.chat_cnt * credit.weight end
        as negative_feedback_rate__d,
    case when records.chat_cnt is not null then records.message_cnt * credit.weight end as messages_per_chat__n,
    case when records.message_cnt is not null then records.chat_cnt * credit.weight end as messages_per_chat__d,
    records.avg_reply_minutes * records.chat_cnt * credit.weight as wecom_reply_minutes__n,
    case when records.avg_reply_minutes is not null then records.chat_cnt * credit.weight end as wecom_reply_minutes__d,
    case when records.member_total is not null then records.member_has_msg * credit.weight end
        as wecom_spoken_share__n,
    case when records.member_has_msg is not null then records.member_total * credit.weight end
        as wecom_spoken_share__d,
    records.n_accepted * credit.weight as accepted_answers__n,
    case when records.target_population is not null then records.members_reached * credit.weight end
        as community_coverage__n,
    case when records.members_reached is not null then records.target_population * credit.weight end
        as community_coverage__d
from credit
inner join records on credit.record_type = records.record_type and credit.record_id = records.record_id
