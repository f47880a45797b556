with exports as (
    select * from {{ ref('stg_x_posts_monthly') }}
    union all by name
    select * from {{ ref('stg_x_posts_content') }}
),

spans as (
    select
        {{ midnight_utc('min(run_months.month) - ' ~ setting('viral_baseline_days'), company_timezone()) }}
            as starts_at,
        {{ midnight_utc("max(run_months.month) + interval '1' month", company_timezone()) }} as ends_at
    from {{ source('control', 'run_months') }} as run_months
),

-- an export that states no time was made when its range had ended, at the earliest
aged as (
    select
        exports.*,
        {{ seconds_between(
            'exports.created_at', 'coalesce(exports._exported_at, cast(exports._period_to as timestamp))'
        ) }} // 86400 as age_days_measured
    from exports
    inner join spans
        on
            exports.created_at >= spans.starts_at
            and exports.created_at < spans.ends_at
),

versions as (
    select
        *,
        age_days_measured >= {{ setting('measure_age_days') }} as is_settled
    from aged
),

posts as (
    select * from {{ chosen_versions(
        'versions',
        key=['post_id'],
        values=['impressions', 'likes', 'replies', 'reposts', 'bookmarks', 'engagements'],
        measures=['impressions', 'likes', 'replies', 'reposts', 'engagements'],
        settled='is_settled'
    ) }}
),

located as (
    select
        *,
        {{ local_date('created_at', company_timezone()) }} as local_day
    from posts
),

log_lines as (
    select * from {{ chosen_versions(
        ref('stg_content_log'),
        key=['post_id'],
        values=['author_key', 'is_original', 'format']
    ) }}
),

tool_lines as (
    select
        *,
        coalesce(
            {{ seconds_between('created_at', 'coalesce(_exported_at, cast(_period_to as timestamp))') }} // 86400
            >= {{ setting('measure_age_days') }},
            true
        ) as is_settled
    from {{ ref('stg_publishing_posts') }}
    where is_x
),

-- two tools may know of one post, the one its sender and the other its reach
senders as (
    select * from {{ chosen_versions(
        '(select * from tool_lines where sent_by_key is not null)', key=['post_id'], values=['sent_by_key']
    ) }}
),

reaches as (
    select * from {{ chosen_versions(
        '(select * from tool_lines where reach is not null)',
        key=['post_id'],
        values=['reach'],
        measures=['reach', 'impressions', 'engagements'],
        settled='is_settled'
    ) }}
)

select
    located.post_id,
    coalesce(located.account_id, '') as account_id,
    located.created_at,
    located.local_day,
    {{ month_of('located.local_day') }} as month,
    located.age_days_measured,
    located.age_days_measured is null or located.is_settled as is_mature,
    located.impressions,
    located.likes,
    located.replies,
    located.reposts,
    cast(null as bigint) as quotes,
    located.bookmarks,
    located.engagements,
    located.url_clicks,
    located.profile_clicks,
    located.follows,
    located.text_kind,
    located.signature,
    located.text_alike,
    log_lines.format,
    log_lines.is_original,
    log_lines.author_key,
    senders.sent_by_key as tool_user_key,
    case when not reaches.has_conflict then reaches.reach end as reach,
    reaches.is_settled as is_reach_mature,
    coalesce(reaches.has_conflict, false) as has_reach_conflict,
    follower_counts.followers as followers_at_post,
    located.n_versions,
    located.has_conflict or coalesce(log_lines.has_conflict, false) or coalesce(senders.has_conflict, false)
        as has_conflict,
    located._content_id,
    located._row_no
from located
left join log_lines on located.post_id = log_lines.post_id
left join senders on located.post_id = senders.post_id
left join reaches on located.post_id = reaches.post_id
left join {{ ref('int_follower_counts') }} as follower_counts
    on
        coalesce(located.account_id, '') = follower_counts.account_id
        and located.local_day >= follower_counts.day
        and located.local_day < follower_counts.next_day
