-- Who is in a list and was not in the one before is new; who is still there 30 days later was kept. Presence alone:
-- what is spam among them is not asked here.
with present as (
    select
        account_id,
        day,
        follower_key,
        min({{ version_order('_file_rank', '_row_no') }}) as version_no,
        min_by(_content_id, {{ version_order('_file_rank', '_row_no') }}) as _content_id,
        min_by(_row_no, {{ version_order('_file_rank', '_row_no') }}) as _row_no
    from {{ ref('stg_follower_snapshots') }}
    where day is not null and follower_key is not null
    group by account_id, day, follower_key
),

snapshots as (
    select
        account_id,
        day,
        lag(day) over (partition by account_id order by day) as day_before,
        day + 30 as mature_on
    from (select distinct account_id, day from present) as days
),

-- judged by the first list of the 31 days from then on; without one nobody knows
cohorts as (
    select
        snapshots.account_id,
        snapshots.day,
        snapshots.day_before,
        snapshots.mature_on,
        min(later.day) as judged_on
    from snapshots
    left join snapshots as later
        on
            snapshots.account_id = later.account_id
            and later.day >= snapshots.mature_on
            and later.day < snapshots.mature_on + 31
    where
        -- the first list of all, or the first after a long silence, tells of nobody when they came
        snapshots.day_before >= snapshots.day - 31
        and {{ in_run_months(month_of('snapshots.mature_on')) }}
    group by snapshots.account_id, snapshots.day, snapshots.day_before, snapshots.mature_on
)

select
    cohorts.account_id || '|' || cast(cohorts.day as varchar) as record_id,
    cohorts.account_id,
    cohorts.day as followed_by,
    cohorts.mature_on,
    {{ month_of('cohorts.mature_on') }} as month,
    cohorts.judged_on,
    count(*) as n_new,
    case when cohorts.judged_on is not null then count(kept.follower_key) end as n_kept,
    min_by(present._content_id, present.version_no) as _content_id,
    min_by(present._row_no, present.version_no) as _row_no
from cohorts
inner join present on cohorts.account_id = present.account_id and cohorts.day = present.day
left join present as earlier
    on
        cohorts.account_id = earlier.account_id
        and cohorts.day_before = earlier.day
        and present.follower_key = earlier.follower_key
left join present as kept
    on
        cohorts.account_id = kept.account_id
        and cohorts.judged_on = kept.day
        and present.follower_key = kept.follower_key
where earlier.follower_key is null
group by cohorts.account_id, cohorts.day, cohorts.mature_on, cohorts.judged_on
