with segments as (
    select
        person_id,
        segment_id,
        {{ midnight_utc('valid_from', company_timezone()) }} as valid_from,
        {{ midnight_utc("coalesce(valid_to, date '9999-12-31')", company_timezone()) }} as valid_to
    from {{ source('company', 'segments') }}
),

employments as (
    select
        person_id,
        {{ midnight_utc('hired_on', company_timezone()) }} as employed_from,
        {{ midnight_utc("coalesce(left_on, date '9999-12-31')", company_timezone()) }} as employed_to
    from {{ source('company', 'people') }}
),

-- who was responsible for what, and when; a person's part exists only inside their employment segments
responsibilities as (
    select
        'assignment' as claim,
        subject_type,
        {{ code_key('subject_type', 'subject_id') }} as subject_id,
        person_id,
        share,
        {{ midnight_utc('valid_from', company_timezone()) }} as valid_from,
        {{ midnight_utc("coalesce(valid_to, date '9999-12-31')", company_timezone()) }} as valid_to
    from {{ source('company', 'assignments') }}
    union all
    select
        'override' as claim,
        record_type as subject_type,
        record_id as subject_id,
        person_id,
        share,
        timestamp '0001-01-01 00:00:00' as valid_from,
        timestamp '9999-12-31 00:00:00' as valid_to
    from {{ source('company', 'overrides') }}
    union all
    select
        'roster' as claim,
        subject_type,
        subject_id,
        person_id,
        cast(null as decimal(9, 6)) as share,
        starts_at as valid_from,
        ends_at as valid_to
    from {{ source('company', 'duty_roster') }}
),

parts as (
    select
        responsibilities.claim,
        responsibilities.subject_type,
        responsibilities.subject_id,
        responsibilities.person_id,
        segments.segment_id,
        responsibilities.share,
        greatest(responsibilities.valid_from, segments.valid_from) as valid_from,
        least(responsibilities.valid_to, segments.valid_to) as valid_to
    from responsibilities
    inner join segments
        on
            responsibilities.person_id = segments.person_id
            and responsibilities.valid_from < segments.valid_to
            and responsibilities.valid_to > segments.valid_from
),

-- every moment at which somebody's part begins or ends cuts the time of that subject
boundaries as (
    select
        claim,
        subject_type,
        subject_id,
        valid_from as boundary
    from parts
    union
    select
        claim,
        subject_type,
        subject_id,
        valid_to as boundary
    from parts
),

intervals as (
    select
        claim,
        subject_type,
        subject_id,
        boundary as valid_from,
        lead(boundary) over (partition by claim, subject_type, subject_id order by boundary) as valid_to
    from boundaries
),

members as (
    select
        intervals.claim,
        intervals.subject_type,
        intervals.subject_id,
        intervals.valid_from,
        intervals.valid_to,
        parts.person_id,
        parts.segment_id,
        cast(sum(parts.share) as decimal(9, 6)) as share,
        count(*) over interval_window as n_members,
        row_number() over (interval_window order by parts.person_id, parts.segment_id) as member_no
    from intervals
    inner join parts
        on
            intervals.claim = parts.claim
            and intervals.subject_type = parts.subject_type
            and intervals.subject_id = parts.subject_id
            and intervals.valid_from >= parts.valid_from
            and intervals.valid_to <= parts.valid_to
    group by
        intervals.claim, intervals.subject_type, intervals.subject_id, intervals.valid_from, intervals.valid_to,
        parts.person_id, parts.segment_id
    window interval_window as (
        partition by intervals.claim, intervals.subject_type, intervals.subject_id, intervals.valid_from
    )
),

-- people on duty together share equally; the first by id takes the millionth that does not divide
weighted as (
    select
        *,
        case
            when share is not null then share
            when member_no = 1 then cast(1 - (n_members - 1) * equal_share as decimal(9, 6))
            else equal_share
        end as weight
    from (
        select
            *,
            cast(floor(1000000 / n_members) / 1000000 as decimal(9, 6)) as equal_share
        from members
    ) as shared
),

remainders as (
    select
        claim,
        subject_type,
        subject_id,
        valid_from,
        valid_to,
        'UNASSIGNED' as person_id,
        '' as segment_id,
        cast(1 - sum(weight) as decimal(9, 6)) as weight
    from weighted
    group by claim, subject_type, subject_id, valid_from, valid_to
    having sum(weight) < 1
),

-- a handle speaks for its holder while both the mapping and the employment hold
handles as (
    select
        'actor' as claim,
        identity_map.system as subject_type,
        identity_map.external_key as subject_id,
        segments.valid_from,
        segments.valid_to,
        greatest(
            {{ midnight_utc('identity_map.valid_from', company_timezone()) }}, employments.employed_from
        ) as held_from,
        least(
            {{ midnight_utc("coalesce(identity_map.valid_to, date '9999-12-31')", company_timezone()) }},
            employments.employed_to
        ) as held_to,
        identity_map.person_id,
        segments.segment_id,
        cast(1 as decimal(9, 6)) as weight
    from {{ source('company', 'identity_map') }} as identity_map
    inner join employments on identity_map.person_id = employments.person_id
    inner join segments on identity_map.person_id = segments.person_id
),

windows as (
    select
        claim,
        subject_type,
        subject_id,
        valid_from,
        valid_to,
        timestamp '0001-01-01 00:00:00' as held_from,
        timestamp '9999-12-31 00:00:00' as held_to,
        person_id,
        segment_id,
        weight
    from weighted
    union all
    select
        claim,
        subject_type,
        subject_id,
        valid_from,
        valid_to,
        timestamp '0001-01-01 00:00:00' as held_from,
        timestamp '9999-12-31 00:00:00' as held_to,
        person_id,
        segment_id,
        weight
    from remainders
    union all
    select
        claim,
        subject_type,
        subject_id,
        valid_from,
        valid_to,
        held_from,
        held_to,
        person_id,
        segment_id,
        weight
    from handles
    where greatest(valid_from, held_from) < least(valid_to, held_to)
)

select
    cast(
        dense_rank() over (
            order by claim, subject_type, subject_id, valid_from, valid_to, held_from, held_to
        ) as integer
    ) as window_id,
    claim,
    subject_type,
    subject_id,
    valid_from,
    valid_to,
    held_from,
    held_to,
    person_id,
    segment_id,
    weight,
    case
        when claim = 'override' then 1
        when claim = 'actor' and subject_type = 'x_tool' then 3
        when claim = 'actor' and subject_type = 'x_signature' then 4
        when claim = 'actor' then 2
        when claim = 'roster' then 7
        when subject_type in ('promo_code', 'utm_code') then 5
        when subject_type = 'deal' then 6
        else 8
    end as rule_step
from windows
