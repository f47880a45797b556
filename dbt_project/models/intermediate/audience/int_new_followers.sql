-- Who stands in a list and in none before is new; who is still there 30 days later was kept. A follower is new once:
-- who comes back is not. Where the lists tell of profiles, each is judged twice: at the follow, and finally by the list
-- that tells who was kept; of who has left by then, the profile at the follow is all there is. Whom the burst guard
-- found in a batch, or with points in an alarm window, is spam whatever the total.
with snapshots as (
    select
        account_id,
        day,
        lag(day) over (partition by account_id order by day) as day_before,
        day + 30 as mature_on,
        judged_on
    from {{ ref('int_follower_lists') }}
),

cohorts as (
    select
        account_id,
        day,
        mature_on,
        judged_on
    from snapshots
    where
        -- the first list of all, or the first after a long silence, tells of nobody when they came
        day_before >= day - 31
        and {{ in_run_months(month_of('mature_on')) }}
),

new_followers as (
    select
        cohorts.account_id,
        firsts.follower_key,
        cohorts.day as followed_by,
        cohorts.mature_on,
        cohorts.judged_on
    from cohorts
    inner join {{ ref('int_follower_firsts') }} as firsts
        on cohorts.account_id = firsts.account_id and cohorts.day = firsts.day
),

-- the lists by which they are judged
deciding as (
    select account_id, day from cohorts
    union
    select account_id, judged_on as day from cohorts where judged_on is not null
),

present as (
    select present.account_id, present.follower_key, present.day, present._content_id, present._row_no
    from {{ ref('int_follower_presence') }} as present
    inner join deciding on present.account_id = deciding.account_id and present.day = deciding.day
),

looks as (
    select looks.*
    from {{ ref('int_follower_looks') }} as looks
    inner join deciding on looks.account_id = deciding.account_id and looks.observed_on = deciding.day
),

suspects as (
    select
        suspects.account_id,
        suspects.follower_key,
        suspects.rule,
        {{ suspect_reason('suspects', 'reasons') }} as reason,
        {{ suspect_evidence('suspects') }} as evidence
    from {{ ref('int_list_suspects') }} as suspects
    left join {{ ref('follower_reasons') }} as reasons on reasons.code = 'burst_' || suspects.rule
)

select
    new_followers.account_id,
    new_followers.follower_key,
    new_followers.followed_by,
    new_followers.mature_on,
    {{ month_of('new_followers.mature_on') }} as month,
    new_followers.judged_on,
    case when new_followers.judged_on is not null then kept.follower_key is not null end as is_kept,
    at_follow.verdict as verdict_at_follow,
    coalesce(at_last.observed_on, at_follow.observed_on) as observed_on,
    coalesce(at_last.points, at_follow.points) as points,
    case when suspects.rule is not null then 'spam' else coalesce(at_last.verdict, at_follow.verdict) end as verdict,
    case when at_last.observed_on is not null then at_last.is_inactive else at_follow.is_inactive end as is_inactive,
    case
        when suspects.rule is null then coalesce(at_last.reasons, at_follow.reasons)
        else concat_ws(' ', nullif(coalesce(at_last.reasons, at_follow.reasons), ''), suspects.reason)
    end as reasons,
    coalesce(at_last.evidence, at_follow.evidence) as evidence,
    suspects.rule as burst_rule,
    suspects.evidence as burst_evidence,
    coalesce(at_last.model_version, at_follow.model_version) as model_version,
    {{ version_order('files.file_rank', 'follows._row_no') }} as version_no,
    follows._content_id,
    follows._row_no
from new_followers
inner join present as follows
    on
        new_followers.account_id = follows.account_id
        and new_followers.followed_by = follows.day
        and new_followers.follower_key = follows.follower_key
left join {{ source('landing', 'files') }} as files on follows._content_id = files.content_id
left join present as kept
    on
        new_followers.account_id = kept.account_id
        and new_followers.judged_on = kept.day
        and new_followers.follower_key = kept.follower_key
left join looks as at_follow
    on
        new_followers.account_id = at_follow.account_id
        and new_followers.followed_by = at_follow.observed_on
        and new_followers.follower_key = at_follow.follower_key
left join looks as at_last
    on
        new_followers.account_id = at_last.account_id
        and new_followers.judged_on = at_last.observed_on
        and new_followers.follower_key = at_last.follower_key
left join suspects
    on new_followers.account_id = suspects.account_id and new_followers.follower_key = suspects.follower_key
