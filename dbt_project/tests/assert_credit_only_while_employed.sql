-- Nobody is credited outside their employment: every window lies within the person's employment, and every credited
-- segment has days in the month that counts the record. Returns what reaches beyond.
{{ config(meta={'dagster': {'ref': {'name': 'int_credit'}}}) }}

with employments as (
    select
        person_id,
        {{ midnight_utc('hired_on', company_timezone()) }} as employed_from,
        {{ midnight_utc("coalesce(left_on, date '9999-12-31')", company_timezone()) }} as employed_to
    from {{ source('company', 'people') }}
),

windows_beyond as (
    select
        windows.person_id,
        'window ' || windows.claim || ' ' || windows.subject_type as problem
    from {{ ref('int_credit_windows') }} as windows
    left join employments on windows.person_id = employments.person_id
    where
        windows.person_id <> 'UNASSIGNED'
        and (
            employments.person_id is null
            or greatest(windows.valid_from, windows.held_from) < employments.employed_from
            or least(windows.valid_to, windows.held_to) > employments.employed_to
        )
),

credited as (
    select distinct
        person_id,
        segment_id,
        month
    from {{ all_credit() }} as credit
    where person_id <> 'UNASSIGNED'
),

credits_beyond as (
    select
        credited.person_id,
        'credit in ' || cast(credited.month as varchar) as problem
    from credited
    left join {{ source('company', 'segments') }} as segments
        on
            credited.person_id = segments.person_id
            and credited.segment_id = segments.segment_id
            and segments.valid_from < credited.month + interval '1' month
            and credited.month < segments.valid_to
    where segments.person_id is null
)

select * from windows_beyond
union all
select * from credits_beyond
