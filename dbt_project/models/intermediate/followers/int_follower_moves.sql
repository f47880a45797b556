-- What each follower of the whole lists adds to an account's growth, and when. A follower counts once: at the follow,
-- or thirty days later when the profile did not tell at once. They come off when they turn out spam after thirty days,
-- and when they leave, and only if they had counted; who left within a week never does.
{% set young_months = 4 -%}
-- nobody else moves; two plain conditions instead of one with "or", as millions neither came nor left
with moved as (
    select * from {{ ref('int_follower_spells') }} where spell_no = 1 and is_new
    union all
    select * from {{ ref('int_follower_spells') }} where spell_no = 1 and not is_new and left_on is not null
),

-- the lists that decide something of them
deciding as (
    select moved.account_id, moved.first_day as day from moved where moved.is_new
    union
    select moved.account_id, lists.judged_whole_on as day
    from moved
    inner join {{ ref('int_follower_lists') }} as lists
        on moved.account_id = lists.account_id and moved.first_day = lists.day
    where moved.is_new and lists.judged_whole_on is not null
    union
    select account_id, last_day as day from {{ ref('int_follower_spells') }} where is_gone
),

present as (
    select present.account_id, present.follower_key, present.day
    from {{ ref('int_follower_presence') }} as present
    inner join deciding on present.account_id = deciding.account_id and present.day = deciding.day
),

looks as (
    select looks.account_id, looks.follower_key, looks.observed_on, looks.verdict
    from {{ ref('int_follower_looks') }} as looks
    inner join deciding on looks.account_id = deciding.account_id and looks.observed_on = deciding.day
),

came as (
    select
        spells.account_id,
        spells.follower_key,
        spells.first_day,
        spells.is_new,
        spells.is_gone and spells.left_on - spells.first_day <= 7 as is_churn,
        looks.verdict,
        suspects.rule,
        lists.judged_whole_on as vested_on,
        later.verdict as later_verdict,
        stayed.follower_key is not null as is_kept
    from moved as spells
    inner join {{ ref('int_follower_lists') }} as lists
        on spells.account_id = lists.account_id and spells.first_day = lists.day
    left join looks
        on
            spells.account_id = looks.account_id
            and spells.follower_key = looks.follower_key
            and spells.first_day = looks.observed_on
    left join {{ ref('int_list_suspects') }} as suspects
        on spells.account_id = suspects.account_id and spells.follower_key = suspects.follower_key
    left join present as stayed
        on
            spells.account_id = stayed.account_id
            and spells.follower_key = stayed.follower_key
            and lists.judged_whole_on = stayed.day
    left join looks as later
        on
            stayed.account_id = later.account_id
            and stayed.follower_key = later.follower_key
            and stayed.day = later.observed_on
),

counted as (
    select
        *,
        is_new and not is_churn and rule is null and coalesce(verdict, 'clean') = 'clean' as is_counted_at_once,
        is_new and not is_churn and rule is null and verdict in ('spam', 'pending') and is_kept
        and coalesce(later_verdict, 'clean') <> 'spam' as is_counted_later,
        is_kept and rule is null and coalesce(later_verdict, 'clean') = 'spam' as is_spam_later
    from came
),

-- the first time that somebody left for good; whoever comes back and leaves again takes nothing with them
leavings as (
    select
        spells.account_id,
        spells.follower_key,
        spells.last_day,
        spells.left_on,
        row_number() over (partition by spells.account_id, spells.follower_key order by spells.left_on) as leaving_no
    from {{ ref('int_follower_spells') }} as spells
    where spells.is_gone
),

left_for_good as (
    select
        leavings.account_id,
        leavings.follower_key,
        leavings.left_on,
        leavings.last_day,
        case
            -- of whom a run need not know how they came, the last profile decides: what is no spam had counted
            when
                not counted.is_new
                or counted.first_day < {{ add_months(month_of('leavings.left_on'), -young_months) }}
                then coalesce(looks.verdict, 'clean') <> 'spam'
            -- who was judged after thirty days was still there, so that came before they left
            when counted.is_counted_at_once then not counted.is_spam_later
            else counted.is_counted_later
        end as had_counted
    from leavings
    inner join counted
        on leavings.account_id = counted.account_id and leavings.follower_key = counted.follower_key
    left join looks
        on
            leavings.account_id = looks.account_id
            and leavings.follower_key = looks.follower_key
            and leavings.last_day = looks.observed_on
    where leavings.leaving_no = 1
),

moves as (
    select
        account_id,
        follower_key,
        first_day as day,
        first_day as observed_on,
        case
            when is_counted_at_once then 'gained'
            when is_churn then 'churned'
            when rule is not null then rule
            else verdict
        end as kind,
        case when is_counted_at_once then 1 else 0 end as n
    from counted
    where is_new
    union all
    select
        account_id,
        follower_key,
        vested_on as day,
        vested_on as observed_on,
        'vested' as kind,
        1 as n
    from counted
    where is_counted_later
    union all
    select
        account_id,
        follower_key,
        vested_on as day,
        vested_on as observed_on,
        'turned_spam' as kind,
        -1 as n
    from counted
    where is_counted_at_once and is_spam_later
    union all
    select
        account_id,
        follower_key,
        left_on as day,
        last_day as observed_on,
        case when had_counted then 'lost' else 'lost_uncounted' end as kind,
        case when had_counted then -1 else 0 end as n
    from left_for_good
)

select
    {{ month_of('moves.day') }} as month,
    moves.account_id,
    moves.follower_key,
    moves.day,
    moves.observed_on,
    moves.kind,
    cast(moves.n as integer) as n
from moves
where {{ in_run_months(month_of('moves.day')) }}
