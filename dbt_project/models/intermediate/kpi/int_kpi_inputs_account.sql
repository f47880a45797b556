{{ config(materialized='view') }}

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    'account' as subject_type,
    days.account_id as subject_id,
    'account_day' as record_type,
    credit.record_id,
    cast(days.day as timestamp) as occurred_at,
    credit.weight,
    days.has_conflict,
    days._content_id,
    days._row_no,
    days.growth * credit.weight as net_follower_growth__n
from {{ ref('int_credit') }} as credit
inner join {{ ref('int_account_days') }} as days on credit.record_id = days.record_id
where credit.record_type = 'account_day'
