{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    meta={'keeps': 'lists'},
    pre_hook=["{{ find_changed_lists(first_states()) }}", "{{ delete_changed_lists() }}"],
    post_hook="{{ remember_lists() }}"
) }}

-- Which list has somebody first follows from all lists before, so when one has changed all later ones are made again.
with listed as (
    select
        present.account_id,
        present.follower_key,
        min(present.day) as day
    from {{ ref('int_follower_presence') }} as present
    inner join {{ lists_to_make("select account_id, day from " ~ ref('int_follower_lists')) }} as due
        on present.account_id = due.account_id and present.day = due.day
    group by present.account_id, present.follower_key
)

select
    listed.account_id,
    listed.follower_key,
    listed.day
from listed
{%- if is_incremental() %}
where not exists (
    select 1 from {{ this }} as kept
    where kept.account_id = listed.account_id and kept.follower_key = listed.follower_key
)
{%- endif %}
