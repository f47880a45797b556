-- From which whole list to which somebody followed without a break. What lies between two lists is not known: they came
-- by the list that first has them, and had left by the first that lacks them.
with lists as (
    select
        account_id,
        day,
        day_before,
        row_number() over (partition by account_id order by day) as list_no,
        lead(day) over (partition by account_id order by day) as next_day
    from {{ ref('int_follower_lists') }}
    where is_whole
),

stood as (
    select
        present.account_id,
        present.follower_key,
        present.day,
        lists.list_no - row_number() over (
            partition by present.account_id, present.follower_key order by present.day
        ) as spell_key
    from {{ ref('int_follower_presence') }} as present
    inner join lists on present.account_id = lists.account_id and present.day = lists.day
),

bounds as (
    select
        account_id,
        follower_key,
        min(day) as first_day,
        max(day) as last_day
    from stood
    group by account_id, follower_key, spell_key
),

spells as (
    select
        bounds.*,
        firsts.day_before,
        lasts.next_day as left_on
    from bounds
    inner join lists as firsts on bounds.account_id = firsts.account_id and bounds.first_day = firsts.day
    inner join lists as lasts on bounds.account_id = lasts.account_id and bounds.last_day = lasts.day
),

seen as (
    select account_id, follower_key, min(day) as seen_on
    from {{ ref('int_follower_presence') }}
    group by account_id, follower_key
),

numbered as (
    select
        *,
        row_number() over (partition by account_id, follower_key order by first_day) as spell_no,
        lead(first_day) over (partition by account_id, follower_key order by first_day) as returned_on
    from spells
)

select
    numbered.account_id,
    numbered.follower_key,
    numbered.spell_no,
    numbered.first_day,
    numbered.day_before,
    numbered.last_day,
    numbered.left_on,
    numbered.returned_on,
    -- who is back before the month after the loss ends had not left, or a list had missed them: a month reads no
    -- further
    numbered.left_on is not null
    and (numbered.returned_on is null or numbered.returned_on >= {{ add_months(month_of('numbered.left_on'), 2) }})
        as is_gone,
    -- in no list before, not even in one that was cut short: a follower is new once
    numbered.spell_no = 1 and numbered.day_before is not null and seen.seen_on > numbered.day_before as is_new
from numbered
inner join seen on numbered.account_id = seen.account_id and numbered.follower_key = seen.follower_key
