-- Follows, unfollows and impressions of an account's days as each month of the run may know them: the months before,
-- out of which the guard takes what is usual, and the month after, in which it shows who stayed. A day that no file
-- tells of is not known, and not zero.
with known as (
    select
        month_files.month as run_month,
        days.*
    from {{ source('control', 'month_files') }} as month_files
    inner join {{ ref('stg_x_account_days') }} as days on month_files.content_id = days._content_id
    where
        days.day >= {{ add_months('month_files.month', -4) }}
        and days.day < {{ add_months('month_files.month', 2) }}
),

chosen as (
    select * from {{ chosen_versions(
        'known',
        key=['run_month', 'account_id', 'day'],
        values=['impressions', 'new_follows', 'unfollows'],
        measures=['impressions', 'new_follows', 'unfollows']
    ) }}
)

select
    run_month,
    account_id,
    day,
    new_follows as n_new,
    -- counts do not tell how old the accounts are
    new_follows as n_settled,
    unfollows as n_left,
    impressions
from chosen
