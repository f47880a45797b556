{{ config(materialized='ephemeral') }}

-- What follower lists made of an account's growth, as a note; and what of it is not settled yet: an alarm of the two
-- weeks after a follow, or leaving within a week, still takes it out.
{% set alarm_days = 14 -%}
with counted as (
    select
        month,
        account_id,
        min(day_before) + 1 as first_day,
        max(day) as last_day,
        sum(n_gained) as n_gained,
        sum(n_not_counted) as n_not_counted,
        sum(n_turned) + sum(n_deducted) as n_off
    from {{ ref('int_follower_growth') }}
    group by month, account_id
),

known as (
    select
        counted.month,
        counted.account_id,
        max(lists.day) as known_until
    from counted
    inner join {{ ref('int_follower_lists') }} as lists
        on
            counted.account_id = lists.account_id
            and lists.is_whole
            and lists.day < {{ add_months('counted.month', 2) }}
    group by counted.month, counted.account_id
),

findings as (
    select
        counted.*,
        'growth_by_lists' as reason_code,
        'note' as severity,
        counted.last_day as until_day
    from counted
    union all
    select
        counted.*,
        'growth_unsettled' as reason_code,
        'provisional' as severity,
        counted.last_day + {{ alarm_days }} as until_day
    from counted
    inner join known on counted.month = known.month and counted.account_id = known.account_id
    where known.known_until < counted.last_day + {{ alarm_days }}
)

select
    month,
    'x_account' as family,
    'account' as subject_type,
    account_id as subject_id,
    'burst' as guard,
    severity,
    'follower_growth_rate_x;net_follower_growth;team_net_follower_growth' as kpi_scope,
    reason_code,
    {{ reason_json([
        ('first_day', 'first_day', true),
        ('gone', 'n_off', false),
        ('last_day', 'last_day', true),
        ('n', 'n_gained', false),
        ('subject', 'account_id', true),
        ('total', 'n_not_counted', false),
        ('until', 'until_day', true),
    ]) }} as reason_params,
    cast(n_gained as bigint) as n,
    cast(0 as bigint) as n_lost
from findings
