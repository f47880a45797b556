{#
    The burst guard: who came in a burst whose make-up is wrong, and which bursts nothing explains.

    Each macro is one SELECT over relations, in plain Jinja and plain SQL, so that the models and the simulation
    (tests/burst) run the very same text. What is compared stands in seeds/burst_thresholds.csv, here only with what.

    Two kinds of answer, kept apart. An *alarm* rests on who followed: too many accounts with points, or accounts made
    on the same day. It tightens the verdict of those who followed in its window. A *hold* rests on how many followed or
    left: it delays and accuses nobody. Volume alone raises no alarm: a viral post multiplies everything, but not the
    share of bad profiles.
#}

{#
    One row per account and day, without gaps: what came, of what make-up, and what left.

    Args:
        follows: account_id, follower_id, followed_on, account_created_at (NULL where not known), points, left_on.
        impressions: account_id, day, impressions; may lack days.
        thresholds: seeds/burst_thresholds.csv or its like.
        spine: account_id, day; every day of each account that the lists speak of.
#}
{% macro burst_follow_days(follows, impressions, thresholds, spine) -%}
with judged as (
    select
        follows.account_id,
        follows.followed_on as day,
        follows.points,
        coalesce(follows.followed_on - cast(follows.account_created_at as date), 99999) as age,
        thresholds.newborn_days,
        thresholds.suspect_points,
        thresholds.window_points
    from {{ follows }} as follows
    inner join {{ thresholds }} as thresholds
        on follows.followed_on >= thresholds.valid_from and follows.followed_on < thresholds.valid_to
),

gains as (
    select
        account_id,
        day,
        count(*) as n_new,
        count(case when age >= newborn_days then 1 end) as n_settled,
        count(case when age >= newborn_days and points >= suspect_points then 1 end) as n_suspect,
        count(case when age >= newborn_days and points >= window_points then 1 end) as n_doubtful
    from judged
    group by account_id, day
),

losses as (
    select
        account_id,
        left_on as day,
        count(*) as n_left,
        count(case when left_on - followed_on > 30 then 1 end) as n_left_old
    from {{ follows }}
    where left_on is not null
    group by account_id, left_on
)

select
    spine.account_id,
    spine.day,
    coalesce(gains.n_new, 0) as n_new,
    coalesce(gains.n_settled, 0) as n_settled,
    coalesce(gains.n_suspect, 0) as n_suspect,
    coalesce(gains.n_doubtful, 0) as n_doubtful,
    coalesce(losses.n_left, 0) as n_left,
    coalesce(losses.n_left_old, 0) as n_left_old,
    seen.impressions
from {{ spine }} as spine
left join gains on spine.account_id = gains.account_id and spine.day = gains.day
left join losses on spine.account_id = losses.account_id and spine.day = losses.day
left join {{ impressions }} as seen on spine.account_id = seen.account_id and spine.day = seen.day
{%- endmacro %}

{#
    The days of `days` with what is usual and how far each is from it, from counts alone: z_new and z_left (robust:
    median and MAD of the 28 days before, at least the noise of a count), z_rate (follows against impressions), and the
    highest impressions of the week up to the day, since people follow a little after they saw.

    `days` has the columns of `series` (what is one stream), day, n_new, n_left and impressions (double; NULL where not
    known). A day that it lacks is not known: frames go by the calendar.
#}
{% macro burst_volume(days, series=['account_id']) -%}
with usual as (
    select
        days.*,
        count(n_new) over b as n_usual_days,
        {{ rolling_median('n_new') }} over b as usual_new,
        {{ rolling_mad('n_new') }} over b as spread_new,
        {{ rolling_median('n_left') }} over b as usual_left,
        {{ rolling_mad('n_left') }} over b as spread_left,
        {{ rolling_median('impressions') }} over b as usual_impressions,
        {{ rolling_median('n_new / nullif(impressions, 0)') }} over b as usual_rate,
        {{ rolling_mad('n_new / nullif(impressions, 0)') }} over b as spread_rate,
        max(impressions) over (
            partition by {{ series | join(', ') }} order by day
            range between interval '6' day preceding and current row
        ) as peak_impressions
    from {{ days }} as days
    window b as (
        partition by {{ series | join(', ') }} order by day
        range between interval '28' day preceding and interval '1' day preceding
    )
)

select
    *,
    (n_new - usual_new) / greatest(1.4826 * spread_new, sqrt(usual_new + 1)) as z_new,
    (n_left - usual_left) / greatest(1.4826 * spread_left, sqrt(usual_left + 1)) as z_left,
    (n_new - usual_rate * impressions)
    / greatest(1.4826 * spread_rate * impressions, sqrt(usual_rate * impressions + 1)) as z_rate
from usual
{%- endmacro %}

{#
    One row per stream and day of a burst that nothing explains: far more follows than usual, more than the impressions
    bring, no week of high impressions, and most of them accounts that are not brand new. It says nothing about anybody:
    the pay of these follows waits hold_days, in which bought accounts tend to leave or to be removed.

    `volume` is what burst_volume returns, with n_settled (all of n_new where the age of the accounts is not known, so
    that a wave of sign-ups is held too: counts cannot tell it from a purchase).
#}
{% macro burst_unexplained(volume, thresholds, series=['account_id']) -%}
select
    {%- for column in series %}
    volume.{{ column }},
    {%- endfor %}
    volume.day,
    volume.n_new,
    volume.usual_new,
    volume.z_new as z
from {{ volume }} as volume
inner join {{ thresholds }} as thresholds
    on volume.day >= thresholds.valid_from and volume.day < thresholds.valid_to
where
    volume.n_usual_days >= thresholds.min_usual_days
    and volume.z_new >= thresholds.volume_z
    and volume.z_rate >= thresholds.rate_z
    and volume.n_new - volume.usual_new >= thresholds.min_excess
    and volume.peak_impressions < thresholds.impression_factor * volume.usual_impressions
    and volume.n_new - volume.n_settled < thresholds.newborn_share * (volume.n_new - volume.usual_new)
{%- endmacro %}

{#
    One row per stream and day of a sudden loss that looks like a platform's purge: far more leave than usual while
    nobody is looking. n_spared of them are not deducted: all beyond the usual, but for as many as came in the 60 days
    before without an explanation and have not been taken off since. What came at once and leaves at once is deducted.
#}
{% macro burst_purges(volume, thresholds, series=['account_id']) -%}
with judged as (
    select
        volume.*,
        case
            when
                volume.z_new >= thresholds.owed_z
                and volume.z_rate >= thresholds.rate_z
                and volume.peak_impressions < thresholds.impression_factor * volume.usual_impressions
                then volume.n_new - volume.usual_new
            else 0
        end as n_unexplained,
        coalesce(
            volume.n_usual_days >= thresholds.min_usual_days
            and volume.z_left >= thresholds.purge_z
            and volume.n_left - volume.usual_left >= thresholds.min_purge
            and not coalesce(
                volume.peak_impressions >= thresholds.impression_factor * volume.usual_impressions, false
            ),
            false
        ) as is_purge
    from {{ volume }} as volume
    inner join {{ thresholds }} as thresholds
        on volume.day >= thresholds.valid_from and volume.day < thresholds.valid_to
),

owed as (
    select
        *,
        greatest(
            0,
            coalesce(sum(n_unexplained) over before, 0)
            - coalesce(sum(case when is_purge then n_left - usual_left else 0 end) over before, 0)
        ) as n_owed
    from judged
    window before as (
        partition by {{ series | join(', ') }} order by day
        range between interval '60' day preceding and interval '1' day preceding
    )
)

select
    {%- for column in series %}
    {{ column }},
    {%- endfor %}
    day,
    n_left,
    usual_left,
    z_left as z,
    cast(floor(greatest(0, n_left - usual_left - n_owed)) as bigint) as n_spared
from owed
where is_purge
{%- endmacro %}

{#
    One row per account and day of whose followers more than usual left within thirty days, where those of three days
    together did so far more often than those of the days before (the same two-sample test as for their make-up): n and
    expected of the day, the z of the three days. Known thirty days later.

    Those who left on the day of a purge do not count, when most who left on it had been there for longer than thirty
    days: a purge takes old followers too, the end of a purchase only its own.
#}
{% macro burst_fled(follows, days, volume, thresholds) -%}
with purge_days as (
    select volume.account_id, volume.day
    from {{ volume }} as volume
    inner join {{ thresholds }} as thresholds
        on volume.day >= thresholds.valid_from and volume.day < thresholds.valid_to
    where
        volume.n_usual_days >= thresholds.min_usual_days
        and volume.z_left >= thresholds.purge_z
        and volume.n_left - volume.usual_left >= thresholds.min_purge
        and volume.n_left_old * 2 >= volume.n_left
),

fled as (
    select follows.account_id, follows.followed_on as day, count(*) as n
    from {{ follows }} as follows
    left join purge_days on follows.account_id = purge_days.account_id and follows.left_on = purge_days.day
    where follows.left_on < follows.followed_on + 30 and purge_days.day is null
    group by follows.account_id, follows.followed_on
),

cohorts as (
    select
        days.account_id,
        days.day,
        max(days.day) over (partition by days.account_id) as last_day,
        count(*) over h as n_known,
        sum(days.n_new) over h as n0,
        (sum(coalesce(fled.n, 0)) over h + 1.0) / (sum(days.n_new) over h + 25) as p0,
        sum(days.n_new) over w as n_new,
        sum(coalesce(fled.n, 0)) over w as n,
        days.n_new as n_new_day,
        coalesce(fled.n, 0) as n_day
    from {{ days }} as days
    left join fled on days.account_id = fled.account_id and days.day = fled.day
    window
        h as (partition by days.account_id order by days.day rows between 60 preceding and 15 preceding),
        w as (partition by days.account_id order by days.day rows between 2 preceding and current row)
),

measured as (
    select
        *,
        n_new * p0 as expected,
        (n - n_new * p0) / sqrt(n_new * p0 * (1 + n_new / (n0 + 25)) + 1) as z
    from cohorts
),

alarming as (
    select measured.account_id, measured.day, measured.z
    from measured
    inner join {{ thresholds }} as thresholds
        on measured.day >= thresholds.valid_from and measured.day < thresholds.valid_to
    where
        measured.n_known >= thresholds.min_history_days
        and measured.day + 30 <= measured.last_day
        and measured.z >= thresholds.fled_z
        and measured.n - measured.expected >= greatest(thresholds.min_fled, thresholds.fled_share * measured.n_new)
)

-- a day is in three windows of three days: each of its followers is told of once
select
    measured.account_id,
    measured.day,
    measured.n_day as n,
    measured.n_new_day * measured.p0 as expected,
    max(alarming.z) as z
from measured
inner join alarming
    on measured.account_id = alarming.account_id and measured.day between alarming.day - 2 and alarming.day
where measured.n_day - measured.n_new_day * measured.p0 >= 1
group by measured.account_id, measured.day, measured.n_day, measured.n_new_day, measured.p0
{%- endmacro %}

{#
    `days` is what burst_volume returns of burst_follow_days.

    One row per account and day on which the make-up of the followers of the last 1, 3, 7 or 14 days (window_days: the
    one that shows it most clearly) is wrong: n (suspect follows in the window), expected, z, and what the days before
    say is usual (usual_suspect and usual_doubtful as shares, usual_settled a day).

    The window's suspect follows are held against the share of the days 60 to 15 before. Two samples are compared, so the
    noise of either counts: z = (k - n p0) / sqrt(n p0 (1 + n/n0) + 1). The excess must also be a fair part of whatever
    came beyond the usual, or a crowd that is merely a little different would do.
#}
{% macro burst_alarms(days, thresholds) -%}
with weighed as (
    select
        days.*,
        -- a day of a crowd weighs as two usual days: who came with one post must not say what is usual
        least(1, 2 * (usual_new + 1) / greatest(n_new, 1)) as weight
    from {{ days }} as days
),

usual as (
    select
        days.*,
        (sum(n_suspect * weight) over h + 1) / (sum(n_new * weight) over h + 25) as p0,
        (sum(n_doubtful * weight) over h + 2) / (sum(n_settled * weight) over h + 25) as q0,
        sum(n_new * weight) over h as n0,
        {{ rolling_median('n_suspect') }} over h as m0,
        avg(n_settled * weight) over h as usual_settled,
        avg(n_new * weight) over h as mean_new,
        count(*) over h as n_known
        {%- for width in [1, 3, 7, 14] %},
        sum(n_new) over w{{ width }} as n_{{ width }},
        sum(n_suspect) over w{{ width }} as k_{{ width }}
        {%- endfor %}
    from weighed as days
    window
        h as (partition by account_id order by day rows between 60 preceding and 15 preceding)
        {%- for width in [1, 3, 7, 14] %},
        w{{ width }} as (partition by account_id order by day rows between {{ width - 1 }} preceding and current row)
        {%- endfor %}
),

windows as (
    {%- for width in [1, 3, 7, 14] %}
    select
        account_id,
        day,
        n_known,
        p0,
        q0,
        usual_settled,
        {{ width }} as window_days,
        k_{{ width }} as n,
        n_{{ width }} as n_new,
        n0,
        -- a clean crowd among the days before makes the share low: the usual number of suspects never is too many
        greatest(n_{{ width }} * p0, {{ width }} * m0) as expected,
        n_{{ width }} - {{ width }} * mean_new as excess_new
    from usual
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

measured as (
    select
        *,
        (n - expected) / sqrt(expected * (1 + n_new / (n0 + 25)) + 1) as z
    from windows
),

alarming as (
    select
        measured.*,
        row_number() over (
            partition by measured.account_id, measured.day order by measured.z desc, measured.window_days
        ) as place
    from measured
    inner join {{ thresholds }} as thresholds
        on measured.day >= thresholds.valid_from and measured.day < thresholds.valid_to
    where
        measured.n_known >= thresholds.min_history_days
        and measured.z >= thresholds.suspect_z
        and measured.n - measured.expected >= thresholds.min_suspects
        and measured.n - measured.expected >= thresholds.suspect_share * measured.excess_new
)

select
    account_id,
    day,
    window_days,
    n,
    expected,
    z,
    p0 as usual_suspect,
    q0 as usual_doubtful,
    usual_settled
from alarming
where place = 1
{%- endmacro %}

{#
    One row per account and creation day of followers who were made on one day and came within two weeks: created_on,
    n, expected.

    Accounts younger than newborn_days say nothing: a platform suggests accounts to follow to whoever signs up. Nor does
    a creation day most of whose accounts came at once: that is a wave of sign-ups, not a batch from a shelf. The
    neighbouring creation days say how many to expect, since some seasons bring more sign-ups than others.
#}
{% macro burst_clusters(follows, thresholds) -%}
with phases as (
    select 0 as phase
    union all
    select 7 as phase
),

aged as (
    select
        follows.account_id,
        phases.phase,
        cast(floor(((follows.followed_on - date '2000-01-03') + phases.phase) / 14.0) as integer) as fortnight,
        cast(follows.account_created_at as date) as created_on,
        follows.followed_on - cast(follows.account_created_at as date) >= thresholds.newborn_days as is_settled
    from {{ follows }} as follows
    cross join phases
    inner join {{ thresholds }} as thresholds
        on follows.followed_on >= thresholds.valid_from and follows.followed_on < thresholds.valid_to
    where follows.account_created_at is not null
),

days as (
    select
        account_id,
        phase,
        fortnight,
        created_on,
        count(case when is_settled then 1 end) as n,
        count(case when not is_settled then 1 end) as n_newborn
    from aged
    group by account_id, phase, fortnight, created_on
),

around as (
    select
        *,
        -- of all days: those who signed up in a wave and came late may do so in another fortnight
        sum(n_newborn) over (partition by account_id, phase, created_on) as n_at_once,
        sum(n) over (
            partition by account_id, phase, fortnight
            order by created_on - date '2000-01-03'
            range between 30 preceding and 30 following
        ) - n as n_around,
        -- creation days after the fortnight do not exist, so fewer neighbours are possible near its end
        least(60, 30 + greatest(0, date '2000-01-03' + (fortnight + 1) * 14 - phase - created_on)) as days_around
    from days
)

select
    around.account_id,
    around.created_on,
    date '2000-01-03' + around.fortnight * 14 - around.phase as followed_from,
    date '2000-01-03' + (around.fortnight + 1) * 14 - around.phase as followed_to,
    around.n,
    cast(around.n_around as double) / around.days_around as expected
from around
inner join {{ thresholds }} as thresholds
    on
        date '2000-01-03' + around.fortnight * 14 - around.phase >= thresholds.valid_from
        and date '2000-01-03' + around.fortnight * 14 - around.phase < thresholds.valid_to
where
    around.n >= thresholds.cluster_min
    and around.n > around.n_at_once
    and around.n * around.days_around >= thresholds.cluster_ratio * around.n_around
    -- Anscombe: a count's square root has the same noise whatever the count
    and 2 * (sqrt(around.n + 0.375) - sqrt(cast(around.n_around as double) / around.days_around + 0.375))
    >= thresholds.cluster_z
{%- endmacro %}

{# One row per account, follower and day of a follow that belongs to a creation-day cluster, with the cluster's largest count. #}
{% macro burst_cluster_members(follows, clusters) -%}
select
    follows.account_id,
    follows.follower_id,
    follows.followed_on,
    max(clusters.n) as n,
    max(clusters.expected) as expected
from {{ follows }} as follows
inner join {{ clusters }} as clusters
    on
        follows.account_id = clusters.account_id
        and cast(follows.account_created_at as date) = clusters.created_on
        and follows.followed_on >= clusters.followed_from
        and follows.followed_on < clusters.followed_to
group by follows.account_id, follows.follower_id, follows.followed_on
{%- endmacro %}

{#
    One row per account and day of an alarm window, with the gravest rule that says so (rule: share or cluster) and
    remainder: how many more of the day's follows than the verdicts take out were in all likelihood not genuine.

    Of the days of a window only those count that have more suspect follows than usual. The remainder is no verdict on
    anybody and is held, not removed: of the accounts that are sold, a known part (window_recall) has window_points or
    more; the rest looks like everybody. It never takes a day below its usual number.
#}
{% macro burst_windows(days, alarms, members, thresholds) -%}
with share_days as (
    select
        days.account_id,
        days.day,
        max(alarms.z) as z,
        avg(alarms.usual_suspect) as usual_suspect,
        avg(alarms.usual_doubtful) as usual_doubtful,
        avg(alarms.usual_settled) as usual_settled
    from {{ days }} as days
    inner join {{ alarms }} as alarms
        on
            days.account_id = alarms.account_id
            and days.day > alarms.day - alarms.window_days
            and days.day <= alarms.day
    where days.n_suspect > days.n_new * alarms.usual_suspect
    group by days.account_id, days.day
),

cluster_counts as (
    select account_id, followed_on as day, count(*) as n
    from {{ members }}
    group by account_id, followed_on
),

cluster_days as (
    select
        days.account_id,
        days.day,
        coalesce(cluster_counts.n, 0) as n,
        sum(coalesce(cluster_counts.n, 0)) over (
            partition by days.account_id order by days.day rows between 2 preceding and current row
        ) as n_3,
        sum(coalesce(cluster_counts.n, 0)) over (
            partition by days.account_id order by days.day rows between current row and 2 following
        ) as n_next_3
    from {{ days }} as days
    left join cluster_counts on days.account_id = cluster_counts.account_id and days.day = cluster_counts.day
),

-- how many of a day's follows were sold, by how many more of them than usual have window_points
sold as (
    select
        share_days.account_id,
        share_days.day,
        (days.n_doubtful - days.n_settled * share_days.usual_doubtful)
        / greatest(thresholds.window_recall - share_days.usual_doubtful, 0.1) as n
    from share_days
    inner join {{ days }} as days on share_days.account_id = days.account_id and share_days.day = days.day
    inner join {{ thresholds }} as thresholds on days.day >= thresholds.valid_from and days.day < thresholds.valid_to
)

select
    days.account_id,
    days.day,
    case when cluster_days.n > 0 and share_days.day is null then 'cluster' else 'share' end as rule,
    share_days.z,
    coalesce(
        greatest(0, least(
            sold.n * (1 - thresholds.window_recall)
            - (days.n_settled - sold.n) * (share_days.usual_doubtful - share_days.usual_suspect),
            days.n_settled - days.n_doubtful - share_days.usual_settled * (1 - share_days.usual_doubtful)
        )),
        0
    ) as remainder
from {{ days }} as days
inner join cluster_days on days.account_id = cluster_days.account_id and days.day = cluster_days.day
inner join {{ thresholds }} as thresholds on days.day >= thresholds.valid_from and days.day < thresholds.valid_to
left join share_days on days.account_id = share_days.account_id and days.day = share_days.day
left join sold on days.account_id = sold.account_id and days.day = sold.day
where
    share_days.day is not null
    or (cluster_days.n > 0 and greatest(cluster_days.n_3, cluster_days.n_next_3) >= thresholds.cluster_followers)
{%- endmacro %}
