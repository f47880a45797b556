{{ config(materialized='view') }}

-- Everything here is credited with the group's day on which it happened. A sheet's own counts are used only where
-- nothing tells of the members themselves. Growth and leaving need the opening members: unknown, they are left out.
with credit as (
    select record_id, month, person_id, segment_id, weight
    from {{ ref('int_credit_community') }}
    where record_type = 'group_day'
),

days as (
    select * from {{ ref('int_group_days') }}
),

moves as (
    select
        group_id,
        member_key,
        spell_id,
        joined_day as day,
        joined_at as happened_at,
        'join' as kind,
        true as is_counted,
        _content_id,
        _row_no
    from {{ ref('int_member_spells') }}
    where {{ in_run_months(month_of('joined_day')) }}

    union all

    select group_id, member_key, spell_id, exit_day, exit_at, exit_kind, true, exit_content_id, exit_row_no
    from {{ ref('int_member_spells') }}
    where {{ in_run_months(month_of('exit_day')) }}

    union all

    -- whoever joined so many days ago: still there? Unknown where nothing later tells of the group; whoever was removed
    -- has not left; where the group was dissolved by then, nobody could have stayed, so that those who left before are
    -- no loss either
    select
        spells.group_id,
        spells.member_key,
        spells.spell_id,
        spells.joined_day + ages.age,
        {{ midnight_utc('spells.joined_day + ages.age', company_timezone()) }},
        'day_' || cast(ages.age as varchar),
        coalesce(spells.exit_day > spells.joined_day + ages.age, true),
        spells._content_id,
        spells._row_no
    from {{ ref('int_member_spells') }} as spells
    cross join (values (30), (60), (90)) as ages (age)
    where
        {{ in_run_months(month_of('spells.joined_day + ages.age')) }}
        and not coalesce(spells.is_backdated, false)
        and coalesce(spells.dissolved_day > spells.joined_day + ages.age, true)
        and case
            when spells.exit_day <= spells.joined_day + ages.age then spells.exit_kind = 'leave'
            else coalesce(greatest(spells.heard_until, spells.exit_day) >= spells.joined_day + ages.age, false)
        end
),

records as (
    select
        'group_day' as record_type,
        record_id as credit_id,
        record_id,
        group_id,
        cast(day as timestamp) as occurred_at,
        has_conflict,
        _content_id,
        _row_no,
        opening_part,
        case when counts_members then 0 else members_joined end as joined,
        case when counts_members then 0 else members_left end as gone,
        case when counts_members then 0 else members_removed end as removed,
        closing_members,
        cast(null as varchar) as new_member,
        cast(null as varchar) as age_kind,
        cast(null as integer) as is_retained
    from days

    union all

    select
        'member_move',
        days.record_id,
        moves.spell_id || '|' || moves.kind,
        moves.group_id,
        moves.happened_at,
        false,
        moves._content_id,
        moves._row_no,
        case when days.opening_part is not null and moves.kind in ('join', 'leave') then 0 end,
        case when moves.kind in ('join', 'leave') then case when moves.kind = 'join' then 1 else 0 end end,
        case when moves.kind in ('join', 'leave') then case when moves.kind = 'leave' then 1 else 0 end end,
        case when moves.kind = 'removed' then 1 end,
        null,
        case when moves.kind = 'join' then moves.member_key end,
        case when moves.kind in ('day_30', 'day_60', 'day_90') then moves.kind end,
        case when moves.is_counted then 1 else 0 end
    from moves
    inner join days on moves.group_id = days.group_id and moves.day = days.day
    where days.counts_members or starts_with(moves.kind, 'day_')
)

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    'group' as subject_type,
    records.group_id as subject_id,
    records.record_type,
    records.record_id,
    records.occurred_at,
    credit.weight,
    records.has_conflict,
    records._content_id,
    records._row_no,
    case when records.opening_part is not null then (records.joined - records.gone) * credit.weight end
        as member_growth_rate__n,
    case when records.joined is not null and records.gone is not null then records.opening_part * credit.weight end
        as member_growth_rate__d,
    records.joined * credit.weight as members_joined__n,
    records.gone * credit.weight as members_left__n,
    records.removed * credit.weight as members_removed__n,
    (records.joined - records.gone) * credit.weight as member_net_growth__n,
    records.closing_members * credit.weight as members_closing__n,
    records.new_member as new_members__k,
    case when records.opening_part is not null then records.gone * credit.weight end as group_leave_rate__n,
    case when records.gone is not null then records.opening_part * credit.weight end as group_leave_rate__d,
    case when records.age_kind = 'day_30' then records.is_retained * credit.weight end as member_retention_30__n,
    case when records.age_kind = 'day_30' then credit.weight end as member_retention_30__d,
    case when records.age_kind = 'day_60' then records.is_retained * credit.weight end as member_retention_60__n,
    case when records.age_kind = 'day_60' then credit.weight end as member_retention_60__d,
    case when records.age_kind = 'day_90' then records.is_retained * credit.weight end as member_retention_90__n,
    case when records.age_kind = 'day_90' then credit.weight end as member_retention_90__d
from credit
inner join records on credit.record_id = records.credit_id
