-- Which days of an account with lists are held: a burst that neither impressions nor new accounts explain, and
-- followers of whom far more than usual had left after thirty days. Both accuse nobody.
with days as (
    select * from {{ ref('int_list_days') }}
),

unexplained as (
    {{ burst_unexplained('days', ref('burst_thresholds')) | indent }}
),

taken_out as (
    select account_id, followed_on as day, count(*) as n
    from {{ ref('int_list_suspects') }}
    group by account_id, followed_on
),

fled as (
    {{ burst_fled(ref('int_list_follows'), 'days', 'days', ref('burst_thresholds')) | indent }}
),

held as (
    select
        unexplained.account_id,
        unexplained.day,
        'unexplained' as rule,
        cast(unexplained.n_new as bigint) as n,
        unexplained.usual_new as usual,
        unexplained.z
    from unexplained
    inner join {{ ref('burst_thresholds') }} as thresholds
        on unexplained.day >= thresholds.valid_from and unexplained.day < thresholds.valid_to
    left join taken_out on unexplained.account_id = taken_out.account_id and unexplained.day = taken_out.day
    -- whom an alarm has taken out already need not wait
    where unexplained.n_new - coalesce(taken_out.n, 0) - unexplained.usual_new >= thresholds.min_excess
    union all
    select
        account_id,
        day,
        'fled' as rule,
        cast(n as bigint) as n,
        expected as usual,
        z
    from fled
)

select
    {{ month_of('held.day') }} as month,
    held.account_id,
    held.day,
    held.rule,
    held.n,
    cast(held.usual as decimal(18, 1)) as usual,
    cast(held.z as decimal(18, 2)) as z
from held
inner join days on held.account_id = days.account_id and held.day = days.day
where days.is_daily and {{ in_run_months(month_of('held.day')) }}
