{{ config(materialized='view') }}

-- Overlay: every member of the team that owns the account is credited with the whole of a day on which they belonged
-- to it. Posts are summed per account and day first, so that the rows are account-days x members, not posts x members.
with account_days as (
    select
        days.account_id,
        days.day,
        days.record_id,
        'account_day' as record_type,
        days.has_conflict,
        days._content_id,
        days._row_no,
        days.month,
        cast(days.growth as decimal(38, 6)) as net_growth,
        cast(null as decimal(38, 6)) as impressions
    from {{ ref('int_account_days') }} as days
),

post_days as (
    select
        posts.account_id,
        posts.local_day as day,
        posts.account_id || '|' || cast(posts.local_day as varchar) as record_id,
        'post_day' as record_type,
        coalesce(bool_or(posts.has_conflict), false) as has_conflict,
        min(posts._content_id) as _content_id,
        -- a row of that same file; the other posts of the day are found in int_posts
        min(posts._row_no) as _row_no,
        posts.month,
        cast(null as decimal(38, 6)) as net_growth,
        cast(sum({{ post_impressions('posts') }}) as decimal(38, 6)) as impressions
    from {{ ref('int_posts') }} as posts
    group by posts.account_id, posts.local_day, posts.month
),

records as (
    select * from account_days
    union all
    select * from post_days
)

select
    records.month,
    segments.person_id,
    segments.segment_id,
    'account' as subject_type,
    records.account_id as subject_id,
    records.record_type,
    records.record_id,
    cast(records.day as timestamp) as occurred_at,
    cast(1 as decimal(9, 6)) as weight,
    records.has_conflict,
    records._content_id,
    records._row_no,
    records.net_growth as team_net_follower_growth__n,
    records.impressions as team_impressions__n
from records
inner join {{ source('company', 'accounts') }} as accounts on records.account_id = accounts.account_id
inner join {{ source('company', 'segments') }} as segments
    on
        accounts.team_id = segments.team_id
        and records.day >= segments.valid_from
        and records.day < {{ open_end('segments.valid_to') }}
