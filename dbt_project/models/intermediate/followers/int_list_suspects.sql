-- Whose verdict the burst guard tightens: followers who were made on one day in a batch, and followers with points in a
-- window of days whose followers have too many.
with listed as (
    select * from {{ ref('int_list_days') }}
),

alarms as (
    select alarms.*
    from (
        {{ burst_alarms('listed', ref('burst_thresholds')) | indent(8) }}
    ) as alarms
    inner join listed on alarms.account_id = listed.account_id and alarms.day = listed.day
    where listed.is_daily
),

clusters as (
    {{ burst_clusters(ref('int_list_follows'), ref('burst_thresholds')) | indent }}
),

members as (
    {{ burst_cluster_members(ref('int_list_follows'), 'clusters') | indent }}
),

windows as (
    {{ burst_windows('listed', 'alarms', 'members', ref('burst_thresholds')) | indent }}
)

select
    follows.account_id,
    follows.follower_id as follower_key,
    follows.followed_on,
    follows.points,
    case when members.follower_id is not null then 'cluster' else 'window' end as rule,
    follows.account_created_at as created_on,
    cast(members.n as bigint) as n,
    cast(members.expected as decimal(18, 2)) as expected,
    cast(windows.z as decimal(18, 2)) as z,
    cast(thresholds.window_points as integer) as window_points
from {{ ref('int_list_follows') }} as follows
inner join {{ ref('burst_thresholds') }} as thresholds
    on follows.followed_on >= thresholds.valid_from and follows.followed_on < thresholds.valid_to
left join members
    on
        follows.account_id = members.account_id
        and follows.follower_id = members.follower_id
        and follows.followed_on = members.followed_on
left join windows on follows.account_id = windows.account_id and follows.followed_on = windows.day
where
    members.follower_id is not null
    or (windows.day is not null and follows.points >= thresholds.window_points)
