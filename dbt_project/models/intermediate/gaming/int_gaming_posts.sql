{{ config(materialized='ephemeral') }}

-- The same text of the same account again and again; `text_alike` is blind to links, mentions, signs and letter case. A
-- second time is nobody's business; of more, all but the first are records of the incident.
with posts as (
    select month, account_id, post_id, local_day, created_at, text_alike, _content_id, _row_no
    from {{ ref('int_posts') }}
    where text_alike is not null and coalesce(text_kind, 'post') = 'post'
),

repeats as (
    select
        posts.month,
        posts.account_id,
        posts.text_alike,
        posts.post_id,
        posts._content_id,
        posts._row_no,
        posts.local_day,
        count(*) as n_before,
        min(earlier.local_day) as first_day
    from posts
    inner join posts as earlier
        on
            posts.account_id = earlier.account_id
            and posts.text_alike = earlier.text_alike
            and (
                posts.created_at > earlier.created_at
                or (posts.created_at = earlier.created_at and posts.post_id > earlier.post_id)
            )
            -- no month reads further back than the days of the viral baseline
            and posts.local_day <= earlier.local_day + least(
                {{ setting('gaming_repeat_days') }}, {{ setting('viral_baseline_days') }}
            )
    where {{ in_run_months('posts.month') }}
    group by
        posts.month, posts.account_id, posts.text_alike, posts.post_id, posts._content_id, posts._row_no,
        posts.local_day
),

incidents as (
    select
        month,
        account_id,
        text_alike,
        max(n_before) + 1 as value,
        count(*) as n,
        min(first_day) as first_day,
        max(local_day) as last_day
    from repeats
    group by month, account_id, text_alike
    having max(n_before) + 1 > {{ setting('gaming_repeat_posts') }}
)

select
    incidents.month,
    'repeated_post' as rule_id,
    {{ incident_id("'repeated_post'", 'incidents.month', "incidents.account_id || '|' || incidents.text_alike") }}
        as incident_id,
    credit.person_id,
    credit.weight,
    'account' as subject_type,
    incidents.account_id as subject_id,
    'posting_frequency;posts_published' as kpi_scope,
    cast(incidents.value as double) as value,
    {{ setting('gaming_repeat_posts') }} as threshold,
    cast(1 as double) as expected,
    incidents.n,
    incidents.first_day,
    incidents.last_day,
    'post' as record_type,
    repeats.post_id as record_id,
    repeats._content_id,
    repeats._row_no
from incidents
inner join repeats
    on
        incidents.month = repeats.month
        and incidents.account_id = repeats.account_id
        and incidents.text_alike = repeats.text_alike
inner join {{ ref('int_credit') }} as credit
    on repeats.post_id = credit.record_id and credit.record_type = 'post'
