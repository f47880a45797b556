with chosen as (
    select * from {{ chosen_versions(
        ref('stg_account_followers'),
        key=['account_id', 'day'],
        values=['followers'],
        measures=['followers']
    ) }}
)

-- a count stands for its account until the next one, for a month at most: an older one says little, and which of the
-- old ones a run sees depends on the months it builds
select
    account_id,
    day,
    least(
        lead(day, 1, date '9999-12-31') over (partition by account_id order by day), day + 31
    ) as next_day,
    followers,
    has_conflict,
    _content_id,
    _row_no
from chosen
