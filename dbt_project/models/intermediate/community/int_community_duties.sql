{{ config(materialized='view') }}

-- By the day, as scoring counts the days of a community (pipelines/company/communities.py): also one that a group left,
-- or came to, on the few days of a month, so that each community that somebody is scored by has a reading.
with periods as (
    select distinct period_type, period, period_start, period_end from {{ ref('int_kpi_periods') }}
),

subjects as (
    select 'group' as subject_type, group_id as subject_id, community_id, valid_from, valid_to
    from {{ source('company', 'community_groups') }}

    union all

    select 'community' as subject_type, community_id as subject_id, community_id, valid_from, valid_to
    from {{ source('company', 'communities') }}
)

select distinct
    periods.period_type,
    periods.period,
    segments.person_id,
    segments.segment_id,
    subjects.community_id
from {{ source('company', 'segments') }} as segments
inner join {{ source('company', 'assignments') }} as assignments on segments.person_id = assignments.person_id
inner join subjects
    on assignments.subject_type = subjects.subject_type and assignments.subject_id = subjects.subject_id
inner join periods
    on
        greatest(periods.period_start, segments.valid_from, assignments.valid_from, subjects.valid_from)
        < least(
            periods.period_end,
            {{ open_end('segments.valid_to') }},
            {{ open_end('assignments.valid_to') }},
            {{ open_end('subjects.valid_to') }}
        )
where assignments.share > 0
