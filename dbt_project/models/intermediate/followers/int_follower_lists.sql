-- A list may be cut short, or a sample. Growth is counted by lists that hold at least the quality bar of the followers
-- that the account has; of a day whose number of followers nobody noted, no list is known to be whole. The number is of
-- the evening, the list of some hour of the day, so the smaller of two evenings will do.
with sizes as (
    select
        account_id,
        day,
        min(files) as files,
        count(*) as n_followers
    from {{ ref('int_follower_presence') }}
    group by account_id, day
),

lists as (
    select
        sizes.*,
        stated._content_id,
        stated._row_no
    from sizes
    inner join {{ ref('int_follower_list_files') }} as stated
        on sizes.account_id = stated.account_id and sizes.day = stated.day
),

measured as (
    select
        lists.*,
        least(coalesce(before.followers, evening.followers), coalesce(evening.followers, before.followers))
            as n_expected
    from lists
    left join {{ ref('int_follower_counts') }} as evening
        on
            lists.account_id = evening.account_id
            and lists.day >= evening.day
            and lists.day < evening.next_day
    left join {{ ref('int_follower_counts') }} as before
        on
            lists.account_id = before.account_id
            and lists.day - 1 >= before.day
            and lists.day - 1 < before.next_day
),

judged as (
    select
        *,
        coalesce(n_followers >= {{ setting('quality_bar') }} * n_expected, false) as is_whole
    from measured
),

-- the first list, and the first whole list, of the 31 days from day 30 on tell who has stayed
judging as (
    select
        came.account_id,
        came.day,
        min(later.day) as judged_on,
        min(case when later.is_whole then later.day end) as judged_whole_on
    from judged as came
    inner join judged as later
        on came.account_id = later.account_id and later.day >= came.day + 30 and later.day < came.day + 61
    group by came.account_id, came.day
),

ordered as (
    select
        *,
        lag(day) over (partition by account_id, is_whole order by day) as same_before,
        lead(day) over (partition by account_id, is_whole order by day) as same_after,
        {{ history_fingerprint(['day', 'files'], 'account_id', 'day') }} as history,
        {{ history_fingerprint(['day', 'files', 'is_whole'], 'account_id', 'day') }} as whole_history
    from judged
)

select
    ordered.account_id,
    ordered.day,
    ordered.n_followers,
    ordered.n_expected,
    ordered.is_whole,
    -- of the first list, and of one after a long silence, nobody knows when its followers came
    case when ordered.is_whole and ordered.day - ordered.same_before <= 31 then ordered.same_before end as day_before,
    case when ordered.is_whole then ordered.same_after end as next_whole_day,
    judging.judged_on,
    judging.judged_whole_on,
    ordered.files,
    ordered.history,
    ordered.whole_history,
    ordered._content_id,
    ordered._row_no
from ordered
left join judging on ordered.account_id = judging.account_id and ordered.day = judging.day
