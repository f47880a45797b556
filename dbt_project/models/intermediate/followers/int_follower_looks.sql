{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    meta={'keeps': 'lists'},
    pre_hook=["{{ find_changed_lists(look_states()) }}", "{{ delete_changed_lists('observed_on') }}"],
    post_hook="{{ remember_lists() }}"
) }}

-- Each profile is scored where it decides something: when they came, thirty days later, and when they were last seen.
with due as (
    select account_id, day
    from {{ lists_to_make("select account_id, day from " ~ ref('int_follower_lists')) }} as changed
),

looks as (
    select firsts.account_id, firsts.follower_key, firsts.day
    from {{ ref('int_follower_firsts') }} as firsts
    inner join due on firsts.account_id = due.account_id and firsts.day = due.day
    union
    select firsts.account_id, firsts.follower_key, due.day
    from due
    inner join {{ ref('int_follower_lists') }} as lists
        on due.account_id = lists.account_id and due.day = lists.judged_on
    inner join {{ ref('int_follower_firsts') }} as firsts
        on lists.account_id = firsts.account_id and lists.day = firsts.day
    union
    select spells.account_id, spells.follower_key, spells.first_day as day
    from {{ ref('int_follower_spells') }} as spells
    inner join due on spells.account_id = due.account_id and spells.first_day = due.day
    union
    select spells.account_id, spells.follower_key, due.day
    from due
    inner join {{ ref('int_follower_lists') }} as lists
        on due.account_id = lists.account_id and due.day = lists.judged_whole_on
    inner join {{ ref('int_follower_spells') }} as spells
        on lists.account_id = spells.account_id and lists.day = spells.first_day
    where spells.is_new
    union
    select spells.account_id, spells.follower_key, spells.last_day as day
    from {{ ref('int_follower_spells') }} as spells
    inner join due on spells.account_id = due.account_id and spells.last_day = due.day
    where spells.left_on is not null
),

-- lists are chosen before followers, here and wherever few lists of many are looked into: whole lists are passed over
listed as (
    select present.*
    from {{ ref('int_follower_presence') }} as present
    inner join due on present.account_id = due.account_id and present.day = due.day
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
    inner join listed as present
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
