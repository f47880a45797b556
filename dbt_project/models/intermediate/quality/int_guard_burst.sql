{{ config(materialized='ephemeral') }}

-- Bursts of follows that nothing explains make growth provisional, until the thirty days are over in which bought
-- accounts tend to leave; of what a purge took a note says how much is not deducted. A month sees the month after it
-- and no further, so the day is at most the last of that one.
with bursts as (
    select
        bursts.month,
        bursts.account_id,
        bursts.rule,
        min(bursts.day) as first_day,
        max(bursts.day) as last_day,
        count(*) as days,
        cast(sum(bursts.n) as bigint) as n,
        cast(sum(bursts.usual) as decimal(18, 1)) as usual,
        cast(sum(bursts.n_spared) as bigint) as n_spared,
        least(
            max(bursts.day) + max(cast(thresholds.hold_days as integer)),
            {{ add_months('bursts.month', 2) }} - 1
        ) as until_day
    from {{ ref('int_follow_bursts') }} as bursts
    inner join {{ ref('burst_thresholds') }} as thresholds
        on bursts.day >= thresholds.valid_from and bursts.day < thresholds.valid_to
    group by bursts.month, bursts.account_id, bursts.rule
),

-- what is known of the days after, and how many more left in them than on the days before the burst
after as (
    select
        bursts.month,
        bursts.account_id,
        bursts.rule,
        max(days.day) as known_until,
        coalesce(
            sum(case when days.day between bursts.first_day and bursts.until_day then days.n_left end), 0
        ) as n_left,
        coalesce(sum(case when days.day between bursts.first_day - 28 and bursts.first_day - 1 then days.n_left end), 0)
        / 28.0 * (bursts.until_day - bursts.first_day + 1) as n_usually_left
    from bursts
    inner join {{ ref('int_follow_days') }} as days
        on bursts.month = days.run_month and bursts.account_id = days.account_id
    group by bursts.month, bursts.account_id, bursts.rule, bursts.first_day, bursts.until_day
),

judged as (
    select
        bursts.*,
        case
            when bursts.rule = 'purge' then 'purge_spared'
            when after.known_until >= bursts.until_day then 'burst_over'
            else 'burst_unexplained'
        end as reason_code,
        cast(greatest(0, round(after.n_left - after.n_usually_left)) as bigint) as n_gone
    from bursts
    inner join after
        on bursts.month = after.month and bursts.account_id = after.account_id and bursts.rule = after.rule
    where bursts.rule = 'unexplained' or bursts.n_spared > 0
)

select
    month,
    'x_account' as family,
    'account' as subject_type,
    account_id as subject_id,
    'burst' as guard,
    case reason_code when 'burst_unexplained' then 'provisional' else 'note' end as severity,
    'follower_growth_rate_x;net_follower_growth;team_net_follower_growth' as kpi_scope,
    reason_code,
    {{ reason_json([
        ('days', 'days', false),
        ('expected', 'usual', false),
        ('first_day', 'first_day', true),
        ('last_day', 'last_day', true),
        ('n', 'n', false),
        ('subject', 'account_id', true),
        ('total', "case rule when 'purge' then n_spared else n_gone end", false),
        ('until', 'until_day', true),
    ]) }} as reason_params,
    n,
    cast(0 as bigint) as n_lost
from judged
