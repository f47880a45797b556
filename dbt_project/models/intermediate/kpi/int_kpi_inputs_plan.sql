{{ config(materialized='view') }}

-- An account's plan is divided by assigned share x days of the month, a person's plan by the days of each segment.
with plan as (
    select
        month,
        account_id,
        person_id,
        planned_posts,
        {{ add_months('month', 1) }} as month_end,
        {{ add_months('month', 1) }} - month as month_days,
        case when coalesce(account_id, '') = '' then 'person' else 'account' end as subject_type
    from {{ source('company', 'publishing_plan') }}
),

parts as (
    select
        plan.month,
        plan.month_end,
        plan.month_days,
        plan.planned_posts,
        plan.account_id as subject_id,
        plan.subject_type,
        assignments.person_id,
        assignments.share,
        greatest(plan.month, assignments.valid_from) as part_from,
        least(plan.month_end, {{ open_end('assignments.valid_to') }}) as part_to
    from plan
    inner join {{ source('company', 'assignments') }} as assignments
        on
            assignments.subject_type = 'account'
            and plan.account_id = assignments.subject_id
            and assignments.valid_from < plan.month_end
            and {{ open_end('assignments.valid_to') }} > plan.month
    where plan.subject_type = 'account'

    union all

    select
        plan.month,
        plan.month_end,
        plan.month_days,
        plan.planned_posts,
        plan.person_id as subject_id,
        plan.subject_type,
        plan.person_id,
        1 as share,
        plan.month as part_from,
        plan.month_end as part_to
    from plan
    where plan.subject_type = 'person'
),

shares as (
    select
        parts.month,
        segments.person_id,
        segments.segment_id,
        parts.subject_type,
        parts.subject_id,
        parts.planned_posts,
        -- several assignments of one person to one account in a month are one share
        sum(
            parts.share
            * (
                least(parts.part_to, {{ open_end('segments.valid_to') }})
                - greatest(parts.part_from, segments.valid_from)
            )
        ) as share_days,
        max(parts.month_days) as month_days
    from parts
    inner join {{ source('company', 'segments') }} as segments
        on
            parts.person_id = segments.person_id
            and segments.valid_from < parts.part_to
            and {{ open_end('segments.valid_to') }} > parts.part_from
    group by
        parts.month, segments.person_id, segments.segment_id, parts.subject_type, parts.subject_id, parts.planned_posts
),

credited as (
    select
        month,
        person_id,
        segment_id,
        subject_type,
        subject_id,
        planned_posts,
        {{ cut_part('1', 'share_days', 'month_days', 'month, subject_type, subject_id', 'person_id, segment_id') }}
            as weight,
        {{ cut_part(
            'planned_posts', 'share_days', 'month_days', 'month, subject_type, subject_id', 'person_id, segment_id'
        ) }} as planned_part
    from shares
),

unassigned as (
    select
        plan.month,
        'UNASSIGNED' as person_id,
        '' as segment_id,
        plan.subject_type,
        case when plan.subject_type = 'account' then plan.account_id else plan.person_id end as subject_id,
        plan.planned_posts,
        cast(1 - coalesce(sum(credited.weight), 0) as decimal(38, 12)) as weight,
        cast(plan.planned_posts - coalesce(sum(credited.planned_part), 0) as decimal(38, 12)) as planned_part
    from plan
    left join credited
        on
            plan.month = credited.month
            and plan.subject_type = credited.subject_type
            and credited.subject_id
            = case when plan.subject_type = 'account' then plan.account_id else plan.person_id end
    group by plan.month, plan.subject_type, plan.account_id, plan.person_id, plan.planned_posts
),

all_parts as (
    select * from credited
    union all
    select * from unassigned where weight > 0
)

select
    month,
    person_id,
    segment_id,
    subject_type,
    subject_id,
    'plan' as record_type,
    {{ month_text('month') }} || '|' || subject_id as record_id,
    cast(month as timestamp) as occurred_at,
    weight,
    false as has_conflict,
    '' as _content_id,
    cast(null as integer) as _row_no,
    0 * weight as posting_frequency__n,
    planned_part as posting_frequency__d
from all_parts
