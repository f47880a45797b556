with oa_days as (
    select * from {{ chosen_versions(
        ref('stg_oa_user_days'),
        key=['account_id', 'day'],
        values=['new_users', 'cancelled_users', 'cumulative_users'],
        measures=['new_users', 'cancelled_users', 'cumulative_users']
    ) }}
),

days as (
    select
        account_id,
        'x' as platform,
        day,
        month,
        growth as net_growth,
        n_versions,
        has_conflict,
        _content_id,
        _row_no
    from {{ ref('int_account_days') }}
    union all
    select
        account_id,
        'wechat_oa' as platform,
        day,
        {{ month_of('day') }} as month,
        new_users - cancelled_users as net_growth,
        n_versions,
        has_conflict,
        _content_id,
        _row_no
    from oa_days
    where {{ in_run_months(month_of('day')) }}
),

counts as (
    select account_id, day, followers from {{ ref('int_follower_counts') }}
    union all
    select account_id, day, cumulative_users as followers from oa_days
),

-- the last count before the month, a month old at most: an older one says little, and which of the old ones a run sees
-- depends on the months it builds
openings as (
    select
        run_months.month,
        counts.account_id,
        max_by(counts.followers, counts.day) as followers
    from (select distinct month from {{ source('control', 'run_months') }}) as run_months
    inner join counts on counts.day < run_months.month and counts.day >= run_months.month - 31
    group by run_months.month, counts.account_id
)

select
    days.account_id || '|' || cast(days.day as varchar) as record_id,
    days.account_id,
    days.platform,
    days.day,
    days.month,
    days.net_growth,
    openings.followers as opening_followers,
    -- the opening stock is divided among the days of the month, so that whoever has the account for a part of it
    -- answers for that part
    {{ even_part('openings.followers', "date_part('day', days.day)", "date_part('day', last_day(days.day))") }}
        as opening_part,
    exists(
        select 1
        from {{ source('company', 'offline_events') }} as offline_events
        where
            offline_events.account_id in ('', days.account_id)
            and days.day >= offline_events.valid_from
            and days.day < offline_events.valid_to
    ) as is_offline_event,
    days.n_versions,
    days.has_conflict,
    days._content_id,
    days._row_no
from days
left join openings on days.month = openings.month and days.account_id = openings.account_id
