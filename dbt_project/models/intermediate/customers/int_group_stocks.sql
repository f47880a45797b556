-- A group's closing stock is the count of its last stated day of the month. No export says how many members were active
-- in a month: the busiest day stands for it, which is a lower bound.
with days as (
    select
        group_id,
        month,
        max(day) as last_day,
        max(members_active) as members_active_peak
    from {{ ref('int_group_days') }}
    where members_total is not null
    group by group_id, month
),

conflicts as (
    select group_id, month, bool_or(has_conflict) as has_conflict
    from {{ ref('int_group_days') }}
    group by group_id, month
)

select
    days.group_id || '|' || {{ month_text('days.month') }} as record_id,
    days.group_id,
    days.month,
    days.last_day,
    closing.owner_key,
    closing.members_total,
    days.members_active_peak,
    conflicts.has_conflict,
    closing._content_id,
    closing._row_no
from days
inner join {{ ref('int_group_days') }} as closing on days.group_id = closing.group_id and days.last_day = closing.day
inner join conflicts on days.group_id = conflicts.group_id and days.month = conflicts.month
