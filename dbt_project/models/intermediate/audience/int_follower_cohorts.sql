-- What spam is among those who were kept is taken out where the lists tell of profiles.
select
    account_id || '|' || cast(followed_by as varchar) as record_id,
    account_id,
    followed_by,
    mature_on,
    month,
    judged_on,
    count(*) as n_new,
    case when judged_on is not null then count(case when is_kept then 1 end) end as n_kept,
    case
        when judged_on is not null then count(case when is_kept and coalesce(verdict, '') <> 'spam' then 1 end)
    end as n_qualified,
    count(points) as n_scored,
    min_by(_content_id, version_no) as _content_id,
    min_by(_row_no, version_no) as _row_no
from {{ ref('int_new_followers') }}
group by account_id, followed_by, mature_on, month, judged_on
