{{ config(materialized='view') }}

-- Who was a member, and who took part. Members are known where a snapshot of the group lies in the month: only there is
-- a share of them told. A member counts for everybody who answered for the group on a day of the membership.
with credit as (
    select record_id, month, person_id, segment_id, weight
    from {{ ref('int_credit_community') }}
    where record_type = 'group_day'
),

days as (
    select group_id, day, month, record_id, has_snapshot from {{ ref('int_group_days') }}
),

-- the days of one person in one group without a break
duties as (
    select
        month,
        person_id,
        segment_id,
        weight,
        group_id,
        min(day) as first_day,
        max(day) as last_day
    from (
        select
            credit.month,
            credit.person_id,
            credit.segment_id,
            credit.weight,
            days.group_id,
            days.day,
            days.day - cast(
                row_number() over (
                    partition by credit.month, credit.person_id, credit.segment_id, credit.weight, days.group_id
                    order by days.day
                ) as integer
            ) as island
        from credit
        inner join days on credit.record_id = days.record_id
        where days.has_snapshot
    ) as credited_days
    group by month, person_id, segment_id, weight, group_id, island
),

spells as (
    select * from {{ ref('int_member_spells') }}
),

newcomers as (
    select distinct group_id, member_key, {{ month_of('joined_day') }} as month
    from spells
    where joined_day is not null
),

records as (
    select
        duties.month,
        duties.person_id,
        duties.segment_id,
        duties.group_id,
        'member_seen' as record_type,
        spells.spell_id || '|' || cast(duties.first_day as varchar) as record_id,
        cast(greatest(duties.first_day, coalesce(spells.joined_day, duties.first_day)) as timestamp) as occurred_at,
        duties.weight,
        false as has_conflict,
        spells._content_id,
        spells._row_no,
        spells.member_key,
        true as is_known,
        coalesce(spells.joined_day < duties.month, true) as is_existing,
        coalesce(spells.joined_day between duties.first_day and duties.last_day, false) as is_new,
        cast(null as bigint) as messages,
        cast(null as bigint) as valid_messages,
        cast(null as decimal(38, 6)) as online_minutes,
        false as is_active,
        cast(null as decimal(25, 6)) as active_member_part
    from duties
    inner join spells
        on
            duties.group_id = spells.group_id
            and coalesce(spells.joined_day <= duties.last_day, true)
            and coalesce(spells.exit_at > {{ midnight_utc('duties.first_day', company_timezone()) }}, true)

    union all

    select
        credit.month,
        credit.person_id,
        credit.segment_id,
        member_days.group_id,
        'member_day',
        member_days.record_id,
        cast(member_days.day as timestamp),
        credit.weight,
        member_days.has_conflict,
        member_days._content_id,
        member_days._row_no,
        member_days.member_key,
        days.has_snapshot,
        false,
        newcomers.member_key is not null,
        member_days.messages,
        member_days.valid_messages,
        member_days.online_minutes,
        member_days.is_active,
        member_days.active_member_part
    from {{ ref('int_member_days') }} as member_days
    inner join days on member_days.group_id = days.group_id and member_days.day = days.day
    inner join credit on days.record_id = credit.record_id
    left join newcomers
        on
            member_days.group_id = newcomers.group_id
            and member_days.member_key = newcomers.member_key
            and member_days.month = newcomers.month
)

select
    month,
    person_id,
    segment_id,
    'group' as subject_type,
    group_id as subject_id,
    record_type,
    record_id,
    occurred_at,
    weight,
    has_conflict,
    _content_id,
    _row_no,
    case when is_existing then member_key end as existing_members__k,
    case when is_active then member_key end as active_members__k,
    case when record_type = 'member_day' then case when is_active then weight else 0 * weight end end
        as participation_times__n,
    online_minutes * weight as participation_minutes__n,
    case when messages is not null then valid_messages * weight end as valid_message_share__n,
    case when valid_messages is not null then messages * weight end as valid_message_share__d,
    case when active_member_part is not null then messages * weight end as posts_per_active_member__n,
    case when messages is not null then active_member_part * weight end as posts_per_active_member__d,
    case when is_known then member_key end as speaking_rate__k,
    -- where the platform does not judge messages, each is a valid one
    case when is_known then case when coalesce(valid_messages, messages) > 0 then 1 else 0 end end as speaking_rate__h,
    case when is_known then member_key end as monthly_active_share__k,
    case when is_known then case when is_active then 1 else 0 end end as monthly_active_share__h,
    case when is_known and is_new then member_key end as new_member_activity__k,
    case when is_known and is_new then case when is_active then 1 else 0 end end as new_member_activity__h
from records
