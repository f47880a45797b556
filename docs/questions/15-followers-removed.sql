-- en: How many new followers were taken out as spam or had left after thirty days?
-- zh: 有多少新增粉丝被判为垃圾或在三十天内流失？
-- note: By the month in which the thirty days end. `qualified` are kept and not spam: they alone count.
select
    strftime(month, '%Y-%m') as period, account_id,
    count(*) as new_followers,
    count(*) filter (where verdict = 'spam') as spam,
    count(*) filter (where not is_kept) as gone,
    count(*) filter (where is_qualified) as qualified,
    count(*) filter (where is_qualified is null) as not_known,
    round(count(*) filter (where verdict = 'spam') / count(*), 4) as spam_share
from fct_follower_quality
group by all
order by period, account_id;
