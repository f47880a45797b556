{{ config(materialized='ephemeral') }}

-- Bursts of follows that nothing explains, and followers of whom far too many left within thirty days, delay what is
-- final of growth until a day that is named: the setting says whether pay waits. Where follower lists are, they say how
-- old the accounts are, and the counts of the overview say nothing more. Of what a purge took a note says how much is
-- not deducted. A month sees the month after it and no further, so the day is at most the last of that one.
with days as (
    select
        'counts' as basis,
        counted.month,
        counted.account_id,
        counted.day,
        counted.rule,
        counted.n,
        counted.usual,
        counted.n_spared
    from {{ ref('int_follow_bursts') }} as counted
    left join {{ ref('int_list_days') }} as listed
        on counted.account_id = listed.account_id and counted.day = listed.day and listed.is_daily
    where counted.rule = 'purge' or listed.day is null
    union all
    select
        'lists' as basis,
        month,
        account_id,
        day,
        rule,
        n,
        usual,
        cast(0 as bigint) as n_spared
    from {{ ref('int_list_holds') }}
),

bursts as (
    select
        days.basis,
        days.month,
        days.account_id,
        days.rule,
        min(days.day) as first_day,
        max(days.day) as last_day,
        count(*) as n_days,
        cast(sum(days.n) as bigint) as n,
        cast(sum(days.usual) as decimal(18, 1)) as usual,
        cast(sum(days.n_spared) as bigint) as n_spared,
        least(
            -- who left within thirty days is known after thirty days; who of the rest stays, after as many more
            max(days.day) + max(cast(thresholds.hold_days as integer) * case days.rule when 'fled' then 2 else 1 end),
            {{ add_months('days.month', 2) }} - 1
        ) as until_day
    from days
    inner join {{ ref('burst_thresholds') }} as thresholds
        on days.day >= thresholds.valid_from and days.day < thresholds.valid_to
    group by days.basis, days.month, days.account_id, days.rule
),

known as (
    select
        'counts' as basis,
        run_month as month,
        account_id,
        day,
        n_left
    from {{ ref('int_follow_days') }}
    union all
    select
        'lists' as basis,
        months.month,
        listed.account_id,
        listed.day,
        listed.n_left
    from {{ ref('int_list_days') }} as listed
    inner join (select distinct month from {{ source('control', 'run_months') }}) as months
        on listed.day < {{ add_months('months.month', 2) }}
),

-- what is known of the days after, and how many more left in them than on the days before the burst
after as (
    select
        bursts.basis,
        bursts.month,
        bursts.account_id,
        bursts.rule,
        max(known.day) as known_until,
        coalesce(
            sum(case when known.day between bursts.first_day and bursts.until_day then known.n_left end), 0
        ) as n_left,
        coalesce(
            sum(case when known.day between bursts.first_day - 28 and bursts.first_day - 1 then known.n_left end), 0
        )
        / 28.0 * (bursts.until_day - bursts.first_day + 1) as n_usually_left
    from bursts
    inner join known
        on
            bursts.basis = known.basis
            and bursts.month = known.month
            and bursts.account_id = known.account_id
    group by
        bursts.basis, bursts.month, bursts.account_id, bursts.rule, bursts.first_day, bursts.until_day
),

judged as (
    select
        bursts.*,
        case
            when bursts.rule = 'purge' then 'purge_spared'
            when after.known_until >= bursts.until_day and bursts.rule = 'fled' then 'burst_fled_over'
            when after.known_until >= bursts.until_day then 'burst_over'
            when bursts.rule = 'fled' then 'burst_fled'
            when bursts.basis = 'lists' then 'burst_of_settled'
            else 'burst_unexplained'
        end as reason_code,
        cast(greatest(0, round(after.n_left - after.n_usually_left)) as bigint) as n_gone
    from bursts
    inner join after
        on
            bursts.basis = after.basis
            and bursts.month = after.month
            and bursts.account_id = after.account_id
            and bursts.rule = after.rule
    where bursts.rule <> 'purge' or bursts.n_spared > 0
),

-- an account whose lists begin in the month may have a burst of counts and one of lists, both over: one note
told as (
    select
        month,
        account_id,
        reason_code,
        min(basis) as basis,
        min(first_day) as first_day,
        max(last_day) as last_day,
        max(until_day) as until_day,
        sum(n_days) as n_days,
        cast(sum(n) as bigint) as n,
        sum(usual) as usual,
        cast(sum(case rule when 'purge' then n_spared else n_gone end) as bigint) as total
    from judged
    group by month, account_id, reason_code
)

select
    told.month,
    'x_account' as family,
    'account' as subject_type,
    told.account_id as subject_id,
    'burst' as guard,
    case
        when told.reason_code in ('purge_spared', 'burst_over', 'burst_fled_over') then 'note'
        when settings.burst_hold = 'all' or (settings.burst_hold = 'lists' and told.basis = 'lists') then 'withhold'
        else 'provisional'
    end as severity,
    'follower_growth_rate_x;net_follower_growth;team_net_follower_growth' as kpi_scope,
    told.reason_code,
    {{ reason_json([
        ('days', 'told.n_days', false),
        ('expected', 'told.usual', false),
        ('first_day', 'told.first_day', true),
        ('last_day', 'told.last_day', true),
        ('n', 'told.n', false),
        ('subject', 'told.account_id', true),
        ('total', 'told.total', false),
        ('until', 'told.until_day', true),
    ]) }} as reason_params,
    told.n,
    cast(0 as bigint) as n_lost
from told
cross join {{ source('company', 'settings') }} as settings
