-- An answer belongs to the month in which the survey was sent: what was asked about happened then.
with answers as (
    select * from {{ chosen_versions(
        ref('stg_survey_answers'),
        key=['response_id'],
        values=[
            'survey_kind', 'sent_at', 'answered_at', 'agent_key', 'subject_type', 'subject_id', 'score', 'scale_min',
            'scale_max'
        ]
    ) }}
),

dated as (
    select
        *,
        coalesce(sent_at, answered_at) as asked_at,
        {{ local_month('coalesce(sent_at, answered_at)', company_timezone()) }} as month
    from answers
    where survey_kind is not null
)

select
    dated.response_id,
    dated.survey_kind,
    dated.asked_at,
    dated.month,
    dated.agent_key,
    dated.subject_type,
    dated.subject_id,
    dated.sent_at is not null as is_sent_known,
    dated.score,
    dated.scale_min,
    dated.scale_max,
    case
        when dated.score is not null
            then coalesce(
                dated.scale_min = case dated.survey_kind when 'nps' then 0 else settings.csat_scale_min end
                and dated.scale_max = case dated.survey_kind when 'nps' then 10 else settings.csat_scale_max end
                and dated.score between dated.scale_min and dated.scale_max,
                false
            )
    end as is_on_scale,
    dated.n_versions,
    dated.has_conflict,
    dated._content_id,
    dated._row_no
from dated
cross join {{ source('company', 'settings') }} as settings
where {{ in_run_months('dated.month') }}
