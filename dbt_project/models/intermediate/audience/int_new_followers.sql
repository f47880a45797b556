-- Who stands in a list and in none before is new; who is still there 30 days later was kept. A follower is new once:
-- who comes back is not. Where the lists tell of profiles, each is judged twice: at the follow, and finally by the list
-- that tells who was kept; of who has left by then, the profile at the follow is all there is.
with present as (
    select
        account_id,
        day,
        follower_key,
        min({{ version_order('_file_rank', '_row_no') }}) as version_no,
        min_by(followers_count, {{ version_order('_file_rank', '_row_no') }}) as followers_count,
        min_by(following_count, {{ version_order('_file_rank', '_row_no') }}) as following_count,
        min_by(post_count, {{ version_order('_file_rank', '_row_no') }}) as post_count,
        min_by(listed_count, {{ version_order('_file_rank', '_row_no') }}) as listed_count,
        min_by(has_url, {{ version_order('_file_rank', '_row_no') }}) as has_url,
        min_by(created_on, {{ version_order('_file_rank', '_row_no') }}) as created_on,
        min_by(_content_id, {{ version_order('_file_rank', '_row_no') }}) as _content_id,
        min_by(_row_no, {{ version_order('_file_rank', '_row_no') }}) as _row_no
    from {{ ref('stg_follower_snapshots') }}
    where day is not null and follower_key is not null
    group by account_id, day, follower_key
),

snapshots as (
    select
        account_id,
        day,
        lag(day) over (partition by account_id order by day) as day_before,
        day + 30 as mature_on
    from (select distinct account_id, day from present) as days
),

-- judged by the first list of the 31 days from then on; without one nobody knows
cohorts as (
    select
        snapshots.account_id,
        snapshots.day,
        snapshots.mature_on,
        min(later.day) as judged_on
    from snapshots
    left join snapshots as later
        on
            snapshots.account_id = later.account_id
            and later.day >= snapshots.mature_on
            and later.day < snapshots.mature_on + 31
    where
        -- the first list of all, or the first after a long silence, tells of nobody when they came
        snapshots.day_before >= snapshots.day - 31
        and {{ in_run_months(month_of('snapshots.mature_on')) }}
    group by snapshots.account_id, snapshots.day, snapshots.mature_on
),

first_seen as (
    select account_id, follower_key, min(day) as day from present group by account_id, follower_key
),

new_followers as (
    select
        cohorts.account_id,
        first_seen.follower_key,
        cohorts.day as followed_by,
        cohorts.mature_on,
        cohorts.judged_on
    from cohorts
    inner join first_seen on cohorts.account_id = first_seen.account_id and cohorts.day = first_seen.day
),

looks as (
    select new_followers.*, new_followers.followed_by as looked_on from new_followers
    union all
    select new_followers.*, new_followers.judged_on as looked_on from new_followers
),

profiles as (
    select
        looks.account_id,
        looks.follower_key,
        looks.looked_on as observed_on,
        present.followers_count,
        present.following_count,
        present.post_count,
        present.listed_count,
        present.has_url,
        looks.looked_on - present.created_on as age_days,
        cast(null as bigint) as idle_days
    from looks
    inner join present
        on
            looks.account_id = present.account_id
            and looks.looked_on = present.day
            and looks.follower_key = present.follower_key
    where present.followers_count >= 0 and present.following_count >= 0 and present.post_count >= 0
),

scored as (
    {{ follower_points(
        'profiles',
        follower_card(ref('follower_points'), ref('follower_reasons'), 'text_en'),
        ['account_id', 'follower_key', 'observed_on']
    ) | indent }}
)

select
    new_followers.account_id,
    new_followers.follower_key,
    new_followers.followed_by,
    new_followers.mature_on,
    {{ month_of('new_followers.mature_on') }} as month,
    new_followers.judged_on,
    case when new_followers.judged_on is not null then kept.follower_key is not null end as is_kept,
    at_follow.verdict as verdict_at_follow,
    coalesce(at_last.observed_on, at_follow.observed_on) as observed_on,
    coalesce(at_last.points, at_follow.points) as points,
    coalesce(at_last.verdict, at_follow.verdict) as verdict,
    case when at_last.observed_on is not null then at_last.is_inactive else at_follow.is_inactive end as is_inactive,
    coalesce(at_last.reasons, at_follow.reasons) as reasons,
    coalesce(at_last.evidence, at_follow.evidence) as evidence,
    coalesce(at_last.model_version, at_follow.model_version) as model_version,
    follows.version_no,
    follows._content_id,
    follows._row_no
from new_followers
inner join present as follows
    on
        new_followers.account_id = follows.account_id
        and new_followers.followed_by = follows.day
        and new_followers.follower_key = follows.follower_key
left join present as kept
    on
        new_followers.account_id = kept.account_id
        and new_followers.judged_on = kept.day
        and new_followers.follower_key = kept.follower_key
left join scored as at_follow
    on
        new_followers.account_id = at_follow.account_id
        and new_followers.followed_by = at_follow.observed_on
        and new_followers.follower_key = at_follow.follower_key
left join scored as at_last
    on
        new_followers.account_id = at_last.account_id
        and new_followers.judged_on = at_last.observed_on
        and new_followers.follower_key = at_last.follower_key
