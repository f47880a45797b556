with chosen as (
    select * from {{ chosen_versions(
        ref('stg_account_followers'),
        key=['account_id', 'day'],
        values=['followers'],
        measures=['followers']
    ) }}
)

select
    account_id,
    day,
    lead(day, 1, date '9999-12-31') over (partition by account_id order by day) as next_day,
    followers,
    has_conflict,
    _content_id,
    _row_no
from chosen
