-- Logs and snapshots are put together: what a log tells goes before what the difference of two snapshots shows, and a
-- difference that the log does not know (changes made by the API trigger no callback) counts as joined or left.
with snapshots as (
    select
        *,
        {{ version_order('_file_rank', '_row_no') }} as version
    from {{ ref('stg_group_member_snapshots') }}
    where member_key is not null and snapshot_day is not null and joined_at is not null
),

snapshot_days as (
    select
        group_id,
        snapshot_day,
        lead(snapshot_day) over (partition by group_id order by snapshot_day) as next_day
    from (select distinct group_id, snapshot_day from snapshots) as days
),

stays as (
    select
        group_id,
        member_key,
        joined_at,
        max(snapshot_day) as last_seen,
        bool_or(is_staff) as is_staff,
        arg_max(_content_id, version) as _content_id,
        arg_max(_row_no, version) as _row_no,
        lead(joined_at) over (partition by group_id, member_key order by joined_at) as next_joined_at
    from snapshots
    group by group_id, member_key, joined_at
),

-- gone: not in the first snapshot after the last one that shows the member, whatever later ones say of another stay
seen as (
    select
        stays.*,
        least(
            {{ midnight_utc('snapshot_days.next_day', company_timezone()) }}, stays.next_joined_at
        ) as missed_at,
        {{ midnight_utc('stays.last_seen', company_timezone()) }} as last_seen_at
    from stays
    inner join snapshot_days on stays.group_id = snapshot_days.group_id and stays.last_seen = snapshot_days.snapshot_day
),

told as (
    select
        group_id,
        member_key,
        occurred_at,
        kind,
        bool_or(is_staff) as is_staff,
        arg_max(_content_id, {{ version_order('_file_rank', '_row_no') }}) as _content_id,
        arg_max(_row_no, {{ version_order('_file_rank', '_row_no') }}) as _row_no
    from {{ ref('stg_group_member_events') }}
    where group_id is not null and occurred_at is not null and kind <> 'other'
    group by group_id, member_key, occurred_at, kind
),

dissolved as (
    select group_id, min(occurred_at) as dissolved_at
    from told
    where kind = 'dissolved'
    group by group_id
),

moves as (
    select group_id, member_key, occurred_at as happened_at, kind, 'log' as told_by, _content_id, _row_no
    from told
    where member_key is not null and kind <> 'dissolved'

    union all

    select seen.group_id, seen.member_key, seen.joined_at, 'join', 'snapshot', seen._content_id, seen._row_no
    from seen
    where
        not exists (
            select 1
            from told
            where
                told.group_id = seen.group_id
                and told.member_key = seen.member_key
                and told.kind = 'join'
                and told.occurred_at between seen.joined_at - interval '1' day and seen.joined_at + interval '1' day
        )

    union all

    select seen.group_id, seen.member_key, seen.missed_at, 'leave', 'snapshot', seen._content_id, seen._row_no
    from seen
    where
        seen.missed_at is not null
        and not exists (
            select 1
            from told
            where
                told.group_id = seen.group_id
                and told.member_key = seen.member_key
                and told.kind in ('leave', 'removed')
                and told.occurred_at >= seen.last_seen_at
                and told.occurred_at < seen.missed_at + interval '1' day
        )
),

ordered as (
    select
        *,
        lag(kind = 'join') over timeline as after_join
    from moves
    window timeline as (
        partition by group_id, member_key order by happened_at, kind = 'join', kind, told_by
    )
),

-- a join of somebody who is in, and an exit of somebody who is out, are the same thing told twice
alternating as (
    select
        *,
        lead(happened_at) over timeline as next_at,
        lead(kind) over timeline as next_kind,
        lead(_content_id) over timeline as next_content_id,
        lead(_row_no) over timeline as next_row_no,
        lag(happened_at) over timeline as previous_at
    from ordered
    where (kind = 'join' and not coalesce(after_join, false)) or (kind <> 'join' and coalesce(after_join, true))
    window timeline as (
        partition by group_id, member_key order by happened_at, kind = 'join', kind, told_by
    )
),

spells as (
    select
        group_id,
        member_key,
        happened_at as joined_at,
        told_by,
        next_at as exit_at,
        next_kind as exit_kind,
        _content_id,
        _row_no,
        next_content_id as exit_content_id,
        next_row_no as exit_row_no
    from alternating
    where kind = 'join'

    union all

    -- whoever goes and was never seen to come has been there since before the files begin
    select
        group_id,
        member_key,
        null as joined_at,
        told_by,
        happened_at,
        kind,
        _content_id,
        _row_no,
        _content_id as exit_content_id,
        _row_no as exit_row_no
    from alternating
    where kind <> 'join' and previous_at is null
),

staff as (
    select group_id, member_key from stays where is_staff
    union distinct
    select group_id, member_key from told where is_staff
),

heard as (
    select
        group_id,
        min(snapshot_day) as first_snapshot,
        max(snapshot_day) as last_snapshot,
        (
            select
                max(
                    greatest(
                        {{ local_date('events.occurred_at', company_timezone()) }},
                        events._period_to - 1,
                        cast(events._exported_at as date)
                    )
                )
            from {{ ref('stg_group_member_events') }} as events
        ) as log_until
    from (
        select group_id, snapshot_day from snapshot_days
        union all
        select group_id, cast(null as date) as snapshot_day from told
    ) as groups
    group by group_id
),

ended as (
    select
        spells.*,
        least(spells.exit_at, dissolved.dissolved_at) as left_at,
        dissolved.dissolved_at,
        case
            when dissolved.dissolved_at is null or spells.exit_at < dissolved.dissolved_at then spells.exit_kind
            else 'dissolved'
        end as left_kind,
        case
            when spells.told_by = 'log' then greatest(heard.last_snapshot, heard.log_until)
            else heard.last_snapshot
        end as heard_until,
        -- who came before the first snapshot is known only of those who were still there: no cohort to judge
        case
            when
                spells.told_by = 'snapshot'
                and {{ local_date('spells.joined_at', company_timezone()) }} < heard.first_snapshot
                then true
            else false
        end as is_backdated
    from spells
    left join dissolved on spells.group_id = dissolved.group_id
    left join heard on spells.group_id = heard.group_id
    left join staff on spells.group_id = staff.group_id and spells.member_key = staff.member_key
    where
        staff.member_key is null
        and (spells.joined_at is null or dissolved.dissolved_at is null or spells.joined_at < dissolved.dissolved_at)
)

select
    group_id || '|' || member_key || '|' || coalesce(cast(joined_at as varchar), '') as spell_id,
    group_id,
    member_key,
    joined_at,
    {{ local_date('joined_at', company_timezone()) }} as joined_day,
    told_by as joined_by,
    left_at as exit_at,
    {{ local_date('left_at', company_timezone()) }} as exit_day,
    left_kind as exit_kind,
    {{ local_date('dissolved_at', company_timezone()) }} as dissolved_day,
    heard_until,
    is_backdated,
    _content_id,
    _row_no,
    exit_content_id,
    exit_row_no
from ended
