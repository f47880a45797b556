with days as (
    select * from {{ chosen_versions(
        ref('stg_member_activity'),
        key=['group_id', 'member_key', 'day'],
        values=['messages', 'valid_messages', 'online_minutes'],
        measures=['messages', 'valid_messages', 'online_minutes']
    ) }}
),

-- somebody who was staff on one day of one export is staff in all: some exports do not tell
staff as (
    select group_id, member_key from {{ ref('stg_member_activity') }} where is_staff
    union distinct
    select group_id, member_key from {{ ref('stg_group_member_snapshots') }} where is_staff
),

dated as (
    select
        days.*,
        {{ month_of('days.day') }} as month,
        coalesce(days.messages, 0) > 0 or coalesce(days.online_minutes, 0) > 0 as is_active
    from days
    left join staff on days.group_id = staff.group_id and days.member_key = staff.member_key
    where staff.member_key is null
),

numbered as (
    select
        *,
        row_number() over (partition by group_id, member_key, month, is_active order by day) as day_no,
        count(*) over (partition by group_id, member_key, month, is_active) as n_days
    from dated
    where {{ in_run_months('month') }}
)

select
    group_id || '|' || member_key || '|' || cast(day as varchar) as record_id,
    group_id,
    member_key,
    day,
    month,
    messages,
    valid_messages,
    online_minutes,
    is_active,
    -- the member's one month in this group, spread over their active days: the parts add up to exactly 1
    case
        when is_active then {{ even_part('1', 'day_no', 'n_days') }}
    end as active_member_part,
    n_versions,
    has_conflict,
    _content_id,
    _row_no
from numbered
