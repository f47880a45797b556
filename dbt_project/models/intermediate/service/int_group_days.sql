with days as (
    select * from {{ chosen_versions(
        ref('stg_group_days'),
        key=['group_id', 'day'],
        values=['owner_key', 'members_total', 'members_active', 'messages', 'members_joined', 'members_left'],
        measures=['members_total', 'members_active', 'messages', 'members_joined', 'members_left']
    ) }}
),

dated as (
    select
        *,
        group_id || '|' || cast(day as varchar) as record_id,
        {{ month_of('day') }} as month
    from days
)

select
    record_id,
    group_id,
    day,
    month,
    owner_key,
    members_total,
    members_active,
    messages,
    members_joined,
    members_left,
    members_removed,
    n_versions,
    has_conflict,
    _content_id,
    _row_no
from dated
where {{ in_run_months('month') }}
