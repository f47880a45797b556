{{ config(materialized='view') }}

-- What the burst guard reads of follower lists: who came newly, as it was when they came. Where more than a day lies
-- between two whole lists, nobody knows on which day they came nor how old their account was then.
with came as (
    select
        account_id,
        follower_key,
        first_day,
        left_on
    from {{ ref('int_follower_spells') }}
    where is_new and first_day - day_before <= 2
),

days as (
    select distinct account_id, first_day as day from came
),

looks as (
    select
        looks.account_id,
        looks.follower_key,
        looks.observed_on,
        looks.created_on,
        looks.points
    from {{ ref('int_follower_looks') }} as looks
    inner join days on looks.account_id = days.account_id and looks.observed_on = days.day
)

select
    came.account_id,
    came.follower_key as follower_id,
    came.first_day as followed_on,
    looks.created_on as account_created_at,
    looks.points,
    came.left_on
from came
left join looks
    on
        came.account_id = looks.account_id
        and came.follower_key = looks.follower_key
        and came.first_day = looks.observed_on
