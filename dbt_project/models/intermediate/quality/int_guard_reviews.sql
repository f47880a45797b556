{{ config(materialized='ephemeral') }}

-- What withholds a KPI that people judge: nobody judged this person, half of what is compared is missing, or every
-- group of raters is too small to be shown. A group that is too small beside others is a note.
with people as (
    select
        month,
        family,
        person_id,
        kpi_id,
        min(case when state <> 'counted' then period end) as period,
        count(case when state = 'counted' then 1 end) as n_counted,
        count(case when state = 'suppressed' then 1 end) as n_suppressed,
        count(case when state = 'incomplete' then 1 end) as n_incomplete,
        count(case when state = 'missing' then 1 end) as n_missing
    from {{ ref('int_reviews') }}
    where person_id <> 'UNASSIGNED'
    group by month, family, person_id, kpi_id
)

select
    month,
    family,
    'person' as subject_type,
    person_id as subject_id,
    'reviews' as guard,
    case when n_incomplete + n_missing > 0 or n_counted = 0 then 'withhold' else 'note' end as severity,
    kpi_id as kpi_scope,
    case
        when n_incomplete > 0 then 'review_incomplete'
        when n_missing > 0 then 'review_missing'
        when n_counted = 0 then 'ratings_suppressed'
        else 'rating_groups_suppressed'
    end as reason_code,
    {{ reason_json([
        ('family', 'family', true),
        ('n', 'case when n_incomplete > 0 then n_incomplete else n_suppressed end', false),
        ('period', 'period', true),
    ]) }} as reason_params,
    n_incomplete + n_missing + n_suppressed as n,
    n_incomplete + n_missing + n_suppressed as n_lost
from people
where n_incomplete + n_missing + n_suppressed > 0
