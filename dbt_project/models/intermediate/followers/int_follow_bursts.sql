{%- set series = ['run_month', 'account_id'] -%}
-- What the counts of the overview export show: bursts that nothing explains, and losses that look like a purge. Who
-- the followers are they do not show, so nothing is taken off here.
with volume as (
    {{ burst_volume(ref('int_follow_days'), series) }}
),

unexplained as (
    {{ burst_unexplained('volume', ref('burst_thresholds'), series) }}
),

purges as (
    {{ burst_purges('volume', ref('burst_thresholds'), series) }}
)

select
    run_month as month,
    account_id,
    day,
    'unexplained' as rule,
    cast(n_new as bigint) as n,
    cast(usual_new as decimal(18, 1)) as usual,
    cast(z as decimal(18, 2)) as z,
    cast(0 as bigint) as n_spared
from unexplained
where {{ month_of('day') }} = run_month

union all

select
    run_month as month,
    account_id,
    day,
    'purge' as rule,
    cast(n_left as bigint) as n,
    cast(usual_left as decimal(18, 1)) as usual,
    cast(z as decimal(18, 2)) as z,
    n_spared
from purges
where {{ month_of('day') }} = run_month
