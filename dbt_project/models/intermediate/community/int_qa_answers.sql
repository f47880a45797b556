with answers as (
    select * from {{ chosen_versions(
        ref('stg_qa_answers'),
        key=['answer_id'],
        values=['answered_at', 'accepted_at', 'is_accepted', 'answerer_key', 'community_id']
    ) }}
),

dated as (
    select
        *,
        coalesce(accepted_at, answered_at) as counted_at,
        {{ local_month('coalesce(accepted_at, answered_at)', company_timezone()) }} as month
    from answers
)

select
    answer_id,
    coalesce(community_id, '') as community_id,
    answerer_key,
    counted_at,
    month,
    is_accepted,
    n_versions,
    has_conflict,
    _content_id,
    _row_no
from dated
where {{ in_run_months('month') }}
