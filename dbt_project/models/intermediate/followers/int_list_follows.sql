{{ config(materialized='view') }}

-- What the burst guard reads of follower lists: who came newly, as it was when they came. Where more than a day lies
-- between two whole lists, nobody knows on which day they came nor how old their account was then.
select
    spells.account_id,
    spells.follower_key as follower_id,
    spells.first_day as followed_on,
    looks.created_on as account_created_at,
    looks.points,
    spells.left_on
from {{ ref('int_follower_spells') }} as spells
left join {{ ref('int_follower_looks') }} as looks
    on
        spells.account_id = looks.account_id
        and spells.follower_key = looks.follower_key
        and spells.first_day = looks.observed_on
where spells.is_new and spells.first_day - spells.day_before <= 2
