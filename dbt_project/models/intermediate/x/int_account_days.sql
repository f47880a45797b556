with days as (
    select * from {{ chosen_versions(
        ref('stg_x_account_days'),
        key=['account_id', 'day'],
        values=['impressions', 'engagements', 'likes', 'bookmarks', 'shares', 'new_follows', 'unfollows', 'replies',
            'reposts', 'profile_visits'],
        measures=['impressions', 'engagements', 'likes', 'new_follows', 'unfollows', 'replies', 'reposts',
            'profile_visits']
    ) }}
),

-- the days between two lists share their growth in whole followers, so that whoever has the account for a part of them
-- has that part of it
list_days as (
    select
        growth.account_id,
        growth.day_before + cast(places.place as integer) as day,
        (growth.growth * places.place) // (growth.day - growth.day_before)
        - (growth.growth * (places.place - 1)) // (growth.day - growth.day_before) as growth,
        growth._content_id,
        growth._row_no
    from {{ ref('int_follower_growth') }} as growth
    inner join (select unnest(range(1, 32)) as place) as places on places.place <= growth.day - growth.day_before
),

joined as (
    select
        coalesce(days.account_id, follower_counts.account_id, list_days.account_id) as account_id,
        coalesce(days.day, follower_counts.day, list_days.day) as day,
        days.new_follows,
        days.unfollows,
        -- what a purge of the platform took is nobody's fault (int_follow_bursts)
        days.unfollows - coalesce(purges.n_spared, 0) as counted_unfollows,
        coalesce(list_days.growth, days.new_follows - days.unfollows + coalesce(purges.n_spared, 0)) as growth,
        case when list_days.day is not null then 'lists' else 'counts' end as growth_basis,
        follower_counts.followers,
        days.impressions,
        days.engagements,
        days.profile_visits,
        days.posts_created,
        coalesce(days.n_versions, 0) as n_versions,
        coalesce(days.has_conflict, false) or coalesce(follower_counts.has_conflict, false) as has_conflict,
        coalesce(list_days._content_id, days._content_id, follower_counts._content_id) as _content_id,
        coalesce(list_days._row_no, days._row_no, follower_counts._row_no) as _row_no
    from days
    full outer join {{ ref('int_follower_counts') }} as follower_counts
        on
            days.account_id = follower_counts.account_id
            and days.day = follower_counts.day
    full outer join list_days
        on
            coalesce(days.account_id, follower_counts.account_id) = list_days.account_id
            and coalesce(days.day, follower_counts.day) = list_days.day
    left join {{ ref('int_follow_bursts') }} as purges
        on days.account_id = purges.account_id and days.day = purges.day and purges.rule = 'purge'
),

dated as (
    select
        account_id || '|' || cast(day as varchar) as record_id,
        {{ month_of('day') }} as month,
        *
    from joined
)

select * from dated
where {{ in_run_months('month') }}
