{{ config(materialized='ephemeral') }}

-- Who came during a giveaway and had gone thirty days later, in the month in which the thirty days end: whether growth
-- was won is known only then. A giveaway whose people stay is a good one, and where ordinary newcomers leave as much
-- the giveaway is not to blame.
with given as (
    select distinct
        giveaways.subject_type,
        giveaways.subject_id,
        giveaways.valid_from,
        giveaways.valid_to
    from {{ source('company', 'giveaways') }} as giveaways
),

newcomers as (
    select
        {{ month_of('spells.joined_day + 30') }} as month,
        'group' as subject_type,
        spells.group_id as subject_id,
        spells.joined_day,
        spells.spell_id || '|day_30' as record_id,
        'member_move' as record_type,
        'group_day' as credit_type,
        spells.group_id || '|' || cast(spells.joined_day + 30 as varchar) as credit_id,
        coalesce(spells.exit_day <= spells.joined_day + 30, false) as is_gone,
        cast(1 as bigint) as n_new,
        spells._content_id,
        spells._row_no
    from {{ ref('int_member_spells') }} as spells
    where
        {{ in_run_months(month_of('spells.joined_day + 30')) }}
        and not coalesce(spells.is_backdated, false)
        and coalesce(spells.dissolved_day > spells.joined_day + 30, true)
        -- whoever was removed has not left, and nobody knows of a group that is told of no more
        and case
            when spells.exit_day <= spells.joined_day + 30 then spells.exit_kind = 'leave'
            else coalesce(greatest(spells.heard_until, spells.exit_day) >= spells.joined_day + 30, false)
        end

    union all

    select
        followers.month,
        'account',
        followers.account_id,
        followers.followed_by,
        followers.account_id || '|' || cast(followers.followed_by as varchar),
        'follower_cohort',
        'follower_cohort',
        followers.account_id || '|' || cast(followers.followed_by as varchar),
        not followers.is_kept,
        cast(1 as bigint),
        followers._content_id,
        followers._row_no
    from {{ ref('int_new_followers') }} as followers
    where followers.judged_on is not null and {{ in_run_months('followers.month') }}
),

marked as (
    select
        newcomers.*,
        given.valid_from is not null as is_given,
        given.valid_from,
        given.valid_to
    from newcomers
    left join given
        on
            newcomers.subject_type = given.subject_type
            and newcomers.subject_id = given.subject_id
            and newcomers.joined_day >= given.valid_from
            and newcomers.joined_day < given.valid_to
),

-- what is usual: newcomers of no giveaway, of all subjects of the kind, because the same one may have had none
usual as (
    select
        month,
        subject_type,
        count(case when is_gone then 1 end) / cast(count(*) as double) as expected,
        count(*) as n_usual
    from marked
    where not is_given
    group by month, subject_type
),

giveaways as (
    select
        month,
        subject_type,
        subject_id,
        valid_from,
        valid_to,
        sum(n_new) as n_new,
        count(case when is_gone then 1 end) as n
    from marked
    where is_given
    group by month, subject_type, subject_id, valid_from, valid_to
),

incidents as (
    select
        giveaways.*,
        giveaways.n / cast(giveaways.n_new as double) as value,
        coalesce(usual.expected, 0) as expected
    from giveaways
    left join usual on giveaways.month = usual.month and giveaways.subject_type = usual.subject_type
    where
        giveaways.n_new >= {{ setting('gaming_giveaway_min_joined') }}
        and giveaways.n / cast(giveaways.n_new as double) > {{ setting('gaming_giveaway_max_lost') }}
        and (
            coalesce(usual.n_usual, 0) < {{ setting('gaming_giveaway_min_joined') }}
            or giveaways.n / cast(giveaways.n_new as double) > usual.expected * 2
        )
),

credit as (
    select record_type, record_id, person_id, weight from {{ ref('int_credit_community') }}
    where record_type = 'group_day'
    union all
    select record_type, record_id, person_id, weight from {{ ref('int_credit_content') }}
    where record_type = 'follower_cohort'
),

records as (
    select distinct
        month,
        subject_type,
        subject_id,
        valid_from,
        record_type,
        record_id,
        credit_type,
        credit_id,
        min(_content_id) over (partition by record_type, record_id) as _content_id,
        min(_row_no) over (partition by record_type, record_id) as _row_no
    from marked
    where is_given and is_gone
)

select
    incidents.month,
    'giveaway_spike' as rule_id,
    {{ incident_id("'giveaway_spike'", 'incidents.month',
        "incidents.subject_type || '|' || incidents.subject_id || '|' || cast(incidents.valid_from as varchar)") }}
        as incident_id,
    credit.person_id,
    credit.weight,
    incidents.subject_type,
    incidents.subject_id,
    'member_growth_rate;member_net_growth;members_joined;net_follower_growth' as kpi_scope,
    incidents.value,
    {{ setting('gaming_giveaway_max_lost') }} as threshold,
    incidents.expected,
    incidents.n,
    incidents.valid_from as first_day,
    incidents.valid_to - 1 as last_day,
    records.record_type,
    records.record_id,
    records._content_id,
    records._row_no
from incidents
inner join records
    on
        incidents.month = records.month
        and incidents.subject_type = records.subject_type
        and incidents.subject_id = records.subject_id
        and incidents.valid_from = records.valid_from
inner join credit on records.credit_type = credit.record_type and records.credit_id = credit.record_id
