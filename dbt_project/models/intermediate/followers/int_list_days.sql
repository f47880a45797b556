-- Each day of an account from its first whole list to its last: what came by the lists, what left, how far both are
-- from the usual. Impressions are those of the overview.
with spine as (
    select
        account_id,
        cast(unnest(range(cast(min(day) as timestamp), cast(max(day) + 1 as timestamp), interval '1' day)) as date)
            as day
    from {{ ref('int_follower_lists') }}
    where is_whole
    group by account_id
),

impressions as (
    select account_id, day, max_by(impressions, run_month) as impressions
    from {{ ref('int_follow_days') }}
    group by account_id, day
),

gains as (
    {{ burst_follow_days(ref('int_list_follows'), 'impressions', ref('burst_thresholds'), 'spine') | indent }}
),

losses as (
    select
        account_id,
        left_on as day,
        count(*) as n_left,
        count(case when not is_new or left_on - first_day > 30 then 1 end) as n_left_old
    from {{ ref('int_follower_spells') }}
    where left_on is not null
    group by account_id, left_on
),

days as (
    select
        gains.account_id,
        gains.day,
        gains.n_new,
        gains.n_settled,
        gains.n_suspect,
        gains.n_doubtful,
        coalesce(losses.n_left, 0) as n_left,
        coalesce(losses.n_left_old, 0) as n_left_old,
        gains.impressions
    from gains
    left join losses on gains.account_id = losses.account_id and gains.day = losses.day
),

volume as (
    {{ burst_volume('days') | indent }}
),

-- lists of nearly every one of the sixty days before: else a day without a list looks like a day without followers
kept as (
    select
        volume.account_id,
        volume.day,
        count(lists.day) as n_lists,
        least(60, volume.day - min(volume.day) over (partition by volume.account_id)) + 1 as n_days
    from volume
    left join {{ ref('int_follower_lists') }} as lists
        on
            volume.account_id = lists.account_id
            and lists.is_whole
            and lists.day between volume.day - 60 and volume.day
    group by volume.account_id, volume.day
)

select
    volume.account_id,
    volume.day,
    volume.n_new,
    volume.n_settled,
    volume.n_suspect,
    volume.n_doubtful,
    volume.n_left,
    volume.n_left_old,
    volume.impressions,
    volume.n_usual_days,
    cast(volume.usual_new as decimal(18, 1)) as usual_new,
    cast(volume.usual_left as decimal(18, 1)) as usual_left,
    cast(volume.usual_impressions as decimal(18, 1)) as usual_impressions,
    volume.peak_impressions,
    cast(volume.z_new as decimal(18, 6)) as z_new,
    cast(volume.z_left as decimal(18, 6)) as z_left,
    cast(volume.z_rate as decimal(18, 6)) as z_rate,
    kept.n_lists >= 0.9 * kept.n_days as is_daily
from volume
inner join kept on volume.account_id = kept.account_id and volume.day = kept.day
