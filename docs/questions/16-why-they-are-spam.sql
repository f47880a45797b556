-- en: For which reasons are followers called spam?
-- zh: 粉丝因哪些理由被判为垃圾？
-- note: Lines of the scoring card that gave points to followers called spam; one follower may have several.
with lines as (
    select account_id, follower_id, unnest(json_extract(evidence, '$.lines[*]')) as line
    from fct_follower_quality
    where verdict = 'spam' and evidence is not null
)
select
    line ->> 'code' as code, count(distinct (account_id, follower_id)) as followers,
    sum(cast(line ->> 'points' as integer)) as points
from lines
group by all
order by followers desc, code;
