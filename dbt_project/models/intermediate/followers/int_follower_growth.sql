-- Net quality growth between two whole lists of one month. Between lists that lie in two months, the counts of the
-- overview count: a month must not wait for a list of the next one. On the days of a purge no more is deducted than the
-- overview counts beside the purge.
with spans as (
    select
        account_id,
        day_before,
        day,
        {{ month_of('day') }} as month,
        _content_id,
        _row_no
    from {{ ref('int_follower_lists') }}
    where
        is_whole
        and day_before is not null
        and {{ month_of('day_before + 1') }} = {{ month_of('day') }}
        and {{ in_run_months(month_of('day')) }}
),

moved as (
    select
        spans.account_id,
        spans.day,
        count(case when moves.n = 1 then 1 end) as n_gained,
        count(case when moves.n = 0 and moves.kind <> 'lost_uncounted' then 1 end) as n_not_counted,
        count(case when moves.kind = 'turned_spam' then 1 end) as n_turned,
        count(case when moves.kind = 'lost' then 1 end) as n_lost
    from spans
    left join {{ ref('int_follower_moves') }} as moves on spans.account_id = moves.account_id and spans.day = moves.day
    group by spans.account_id, spans.day
),

-- a list of the morning shows what a purge took on the day before
purged as (
    select
        spans.account_id,
        spans.day,
        sum(purges.n_spared) as n_spared,
        sum(days.n_left) as n_left
    from spans
    inner join {{ ref('int_follow_days') }} as days
        on
            spans.account_id = days.account_id
            and spans.month = days.run_month
            and days.day between spans.day_before and spans.day
            and {{ month_of('days.day') }} = spans.month
    left join {{ ref('int_follow_bursts') }} as purges
        on days.account_id = purges.account_id and days.day = purges.day and purges.rule = 'purge'
    group by spans.account_id, spans.day
),

deducted as (
    select
        spans.*,
        moved.n_gained,
        moved.n_not_counted,
        moved.n_turned,
        moved.n_lost,
        case
            when purged.n_spared > 0 then greatest(0, least(moved.n_lost, purged.n_left - purged.n_spared))
            else moved.n_lost
        end as n_deducted
    from spans
    inner join moved on spans.account_id = moved.account_id and spans.day = moved.day
    left join purged on spans.account_id = purged.account_id and spans.day = purged.day
)

select
    month,
    account_id,
    day_before,
    day,
    cast(n_gained as bigint) as n_gained,
    cast(n_not_counted as bigint) as n_not_counted,
    cast(n_turned as bigint) as n_turned,
    cast(n_lost as bigint) as n_lost,
    cast(n_deducted as bigint) as n_deducted,
    cast(n_gained - n_turned - n_deducted as bigint) as growth,
    _content_id,
    _row_no
from deducted
