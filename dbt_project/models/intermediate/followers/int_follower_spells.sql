{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    meta={'keeps': 'lists'},
    pre_hook=["{{ find_changed_lists(spell_states()) }}", "{{ put_spells_aside() }}"],
    post_hook=["{{ remember_lists() }}", "{{ drop_spells_aside() }}"]
) }}

{% set whole_lists = "select account_id, day from " ~ ref('int_follower_lists') ~ " where is_whole" -%}
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

-- parts of stays, each of one whole list or of several without a break: what is kept of before the first changed list,
-- and the changed lists themselves
parts as (
    select
        present.account_id,
        present.follower_key,
        present.day as first_day,
        present.day as last_day
    from {{ ref('int_follower_presence') }} as present
    inner join {{ lists_to_make(whole_lists) }} as due
        on present.account_id = due.account_id and present.day = due.day
    {%- if is_incremental() %}
    union all
    select account_id, follower_key, first_day, last_day from {{ beside_this('aside') }}
    {%- endif %}
),

stood as (
    select
        parts.*,
        -- parts without a break between them have the same
        firsts.list_no - sum(lasts.list_no - firsts.list_no + 1) over (
            partition by parts.account_id, parts.follower_key order by parts.first_day
            rows between unbounded preceding and current row
        ) + lasts.list_no - firsts.list_no as spell_key
    from parts
    inner join lists as firsts on parts.account_id = firsts.account_id and parts.first_day = firsts.day
    inner join lists as lasts on parts.account_id = lasts.account_id and parts.last_day = lasts.day
),

bounds as (
    select
        account_id,
        follower_key,
        min(first_day) as first_day,
        max(last_day) as last_day
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
    numbered.spell_no = 1 and numbered.day_before is not null and seen.day > numbered.day_before as is_new
from numbered
inner join {{ ref('int_follower_firsts') }} as seen
    on numbered.account_id = seen.account_id and numbered.follower_key = seen.follower_key
