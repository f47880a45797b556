{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_run_months() }}"
) }}

-- Stock against flow: followers(t) - followers(t-1) = follows - unfollows of the days between. What the flows do not
-- explain is a purge, a bug of the platform, a count of another account, or a number in another unit.
with oa_days as (
    select * from {{ chosen_versions(
        ref('stg_oa_user_days'),
        key=['account_id', 'day'],
        values=['new_users', 'cancelled_users', 'cumulative_users'],
        measures=['new_users', 'cancelled_users', 'cumulative_users']
    ) }}
),

stocks as (
    select 'x_account' as family, 'x' as platform, account_id, day, followers
    from {{ ref('int_follower_counts') }}
    where followers is not null

    union all

    select 'oa_users' as family, 'wechat_oa' as platform, account_id, day, cumulative_users as followers
    from oa_days
    where cumulative_users is not null
),

flows as (
    select 'x_account' as family, account_id, day, new_follows - unfollows as net
    from {{ ref('int_account_days') }}
    where new_follows is not null and unfollows is not null

    union all

    select 'oa_users' as family, account_id, day, new_users - cancelled_users as net
    from oa_days
    where new_users is not null and cancelled_users is not null
),

pairs as (
    select
        *,
        lag(day) over (partition by family, account_id order by day) as day_before,
        lag(followers) over (partition by family, account_id order by day) as followers_before
    from stocks
),

compared as (
    select
        {{ month_of('pairs.day') }} as month,
        pairs.family,
        pairs.platform,
        pairs.account_id,
        pairs.day,
        pairs.day_before,
        pairs.followers - pairs.followers_before as stock_change,
        sum(flows.net) as net_flow,
        greatest(pairs.followers, pairs.followers_before) as stock
    from pairs
    inner join flows
        on
            pairs.family = flows.family
            and pairs.account_id = flows.account_id
            and flows.day > pairs.day_before
            and flows.day <= pairs.day
    where {{ in_run_months(month_of('pairs.day')) }} and pairs.day_before >= pairs.day - 31
    group by
        pairs.family,
        pairs.platform,
        pairs.account_id,
        pairs.day,
        pairs.day_before,
        pairs.followers,
        pairs.followers_before
    -- a day without flows would be taken for a difference
    having count(*) = pairs.day - pairs.day_before
)

select
    month,
    family,
    account_id,
    day,
    day_before,
    cast(stock_change as bigint) as stock_change,
    cast(net_flow as bigint) as net_flow,
    cast(stock as bigint) as stock,
    abs(stock_change - net_flow) <= {{ setting('reconciliation_tolerance') }} * stock as agrees,
    -- the company knows why: a logged purge, outage or definition
    exists(
        select 1
        from {{ source('company', 'platform_events') }} as events
        where
            events.platform in ('', compared.platform)
            and events.kind in ('purge', 'outage', 'definition')
            and compared.day >= events.valid_from
            and (events.valid_to is null or compared.day < events.valid_to)
    ) as is_explained
from compared
