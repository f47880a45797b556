-- en: From the follows to the net growth that counts: what was added and what was taken off?
-- zh: 从关注到计入的净增：加了什么、扣了什么？
-- note: Accounts with whole follower lists. Kinds with n = 0 are people who did not count; the sum of n is the growth, but for what a purge spares.
select
    strftime(month, '%Y-%m') as period, account_id, kind,
    count(*) as followers, sum(n) as adds_to_growth
from fct_follower_moves
group by all
order by period, account_id, adds_to_growth desc, kind;
