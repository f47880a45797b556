-- Each profile is scored where it decides something: when they came, thirty days later, and when they were last seen.
with first_seen as (
    select account_id, follower_key, min(day) as day
    from {{ ref('int_follower_presence') }}
    group by account_id, follower_key
),

looks as (
    select account_id, follower_key, day from first_seen
    union
    select first_seen.account_id, first_seen.follower_key, lists.judged_on as day
    from first_seen
    inner join {{ ref('int_follower_lists') }} as lists
        on first_seen.account_id = lists.account_id and first_seen.day = lists.day
    where lists.judged_on is not null
    union
    select account_id, follower_key, first_day as day from {{ ref('int_follower_spells') }}
    union
    select spells.account_id, spells.follower_key, lists.judged_whole_on as day
    from {{ ref('int_follower_spells') }} as spells
    inner join {{ ref('int_follower_lists') }} as lists
        on spells.account_id = lists.account_id and spells.first_day = lists.day
    where spells.is_new and lists.judged_whole_on is not null
    union
    select account_id, follower_key, last_day as day from {{ ref('int_follower_spells') }} where left_on is not null
),

profiles as (
    select
        looks.account_id,
        looks.follower_key,
        looks.day as observed_on,
        present.created_on,
        present.followers_count,
        present.following_count,
        present.post_count,
        present.listed_count,
        present.has_url,
        looks.day - present.created_on as age_days,
        cast(null as bigint) as idle_days,
        -- batches of follows are the burst guard's, by the fortnight in which they came
        cast(null as bigint) as made_n,
        cast(null as bigint) as made_expected
    from looks
    inner join {{ ref('int_follower_presence') }} as present
        on
            looks.account_id = present.account_id
            and looks.day = present.day
            and looks.follower_key = present.follower_key
    where present.followers_count >= 0 and present.following_count >= 0 and present.post_count >= 0
),

scored as (
    {{ follower_points(
        'profiles',
        follower_card(ref('follower_points'), ref('follower_reasons'), 'text_en'),
        ['account_id', 'follower_key', 'observed_on', 'created_on']
    ) | indent }}
)

select * from scored
