{{ config(materialized='view') }}

-- An answer on another scale counts with nothing and is withheld by int_guard_engagement: scales are never mixed.
select
    credit.month,
    credit.person_id,
    credit.segment_id,
    'survey' as subject_type,
    surveys.survey_kind as subject_id,
    'survey_answer' as record_type,
    surveys.response_id as record_id,
    surveys.asked_at as occurred_at,
    credit.weight,
    surveys.has_conflict,
    surveys._content_id,
    surveys._row_no,
    case
        when surveys.survey_kind = 'csat' and surveys.score is not null
            then case when surveys.is_on_scale and surveys.score >= surveys.scale_max - 1 then credit.weight else 0 end
    end as csat_top2_share__n,
    case
        when surveys.survey_kind = 'csat' and surveys.score is not null
            then case when surveys.is_on_scale then credit.weight else 0 end
    end as csat_top2_share__d,
    case
        when surveys.survey_kind = 'nps' and surveys.score is not null
            then case
                when not surveys.is_on_scale then 0
                when surveys.score >= 9 then 100 * credit.weight
                when surveys.score <= 6 then -100 * credit.weight
                else 0
            end
    end as nps__n,
    case
        when surveys.survey_kind = 'nps' and surveys.score is not null
            then case when surveys.is_on_scale then credit.weight else 0 end
    end as nps__d,
    case
        when surveys.is_sent_known then case when surveys.score is not null then credit.weight else 0 end
    end as survey_response_rate__n,
    case when surveys.is_sent_known then credit.weight end as survey_response_rate__d
from {{ ref('int_credit_engagement') }} as credit
inner join {{ ref('int_surveys') }} as surveys on credit.record_id = surveys.response_id
where credit.record_type = 'survey_answer'
