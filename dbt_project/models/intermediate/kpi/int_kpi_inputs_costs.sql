{{ config(materialized='view') }}

-- A cost of a community or group is divided by assigned share x days of the month, a team's by its members' days in it.
with costs as (
    select
        month,
        scope,
        scope_id,
        kind,
        amount,
        {{ add_months('month', 1) }} as month_end,
        {{ month_text('month') }} || '|' || scope || '|' || scope_id || '|' || kind
        || case when incentive_id <> '' then '|' || incentive_id else '' end as record_id,
        _content_id,
        _row_no
    from {{ source('company', 'costs') }}
    where {{ in_run_months('month') }}
),

assigned as (
    select
        costs.record_id,
        segments.person_id,
        segments.segment_id,
        sum(
            assignments.share
            * (
                least(costs.month_end, {{ open_end('assignments.valid_to') }}, {{ open_end('segments.valid_to') }})
                - greatest(costs.month, assignments.valid_from, segments.valid_from)
            )
        ) as share_days,
        max(costs.month_end - costs.month) as whole_days
    from costs
    inner join {{ source('company', 'assignments') }} as assignments
        on
            costs.scope = assignments.subject_type
            and costs.scope_id = assignments.subject_id
            and assignments.valid_from < costs.month_end
            and {{ open_end('assignments.valid_to') }} > costs.month
    inner join {{ source('company', 'segments') }} as segments
        on
            assignments.person_id = segments.person_id
            and segments.valid_from < least(costs.month_end, {{ open_end('assignments.valid_to') }})
            and {{ open_end('segments.valid_to') }} > greatest(costs.month, assignments.valid_from)
    group by costs.record_id, segments.person_id, segments.segment_id
),

member_days as (
    select
        costs.record_id,
        segments.person_id,
        segments.segment_id,
        least(costs.month_end, {{ open_end('segments.valid_to') }}) - greatest(costs.month, segments.valid_from) as days
    from costs
    inner join {{ source('company', 'segments') }} as segments
        on
            costs.scope = 'team'
            and costs.scope_id = segments.team_id
            and segments.valid_from < costs.month_end
            and {{ open_end('segments.valid_to') }} > costs.month
),

parts as (
    select record_id, person_id, segment_id, share_days, whole_days from assigned
    union all
    select
        record_id,
        person_id,
        segment_id,
        days as share_days,
        sum(days) over (partition by record_id) as whole_days
    from member_days
),

credited as (
    select
        parts.record_id,
        parts.person_id,
        parts.segment_id,
        {{ cut_part(
            '1', 'parts.share_days', 'parts.whole_days', 'parts.record_id', 'parts.person_id, parts.segment_id'
        ) }} as weight,
        {{ cut_part(
            'costs.amount', 'parts.share_days', 'parts.whole_days', 'parts.record_id', 'parts.person_id, parts.segment_id'
        ) }} as part
    from parts
    inner join costs on parts.record_id = costs.record_id
),

all_parts as (
    select record_id, person_id, segment_id, weight, part from credited
    union all
    select
        costs.record_id,
        'UNASSIGNED' as person_id,
        '' as segment_id,
        cast(1 - coalesce(sum(credited.weight), 0) as decimal(38, 12)) as weight,
        cast(max(costs.amount) - coalesce(sum(credited.part), 0) as decimal(38, 12)) as part
    from costs
    left join credited on costs.record_id = credited.record_id
    group by costs.record_id
)

select
    costs.month,
    all_parts.person_id,
    all_parts.segment_id,
    costs.scope as subject_type,
    costs.scope_id as subject_id,
    'cost' as record_type,
    costs.record_id,
    cast(costs.month as timestamp) as occurred_at,
    all_parts.weight,
    false as has_conflict,
    costs._content_id,
    costs._row_no,
    -all_parts.part as community_roi__n,
    all_parts.part as community_roi__d
from costs
inner join all_parts on costs.record_id = all_parts.record_id
where all_parts.weight > 0
