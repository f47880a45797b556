{{ config(materialized='view') }}

-- A day counts in a growth rate when both its growth and the opening stock of its month are known.
with days as (
    select
        *,
        case when opening_part is not null then net_growth end as counted_growth,
        case when net_growth is not null then opening_part end as counted_opening
    from {{ ref('int_audience_days') }}
)

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    'account' as subject_type,
    days.account_id as subject_id,
    credit.record_type,
    credit.record_id,
    cast(days.day as timestamp) as occurred_at,
    credit.weight,
    days.has_conflict,
    days._content_id,
    days._row_no,
    case when days.platform = 'x' and not days.is_offline_event then days.counted_growth * credit.weight end
        as follower_growth_rate_x__n,
    case when days.platform = 'x' and not days.is_offline_event then days.counted_opening * credit.weight end
        as follower_growth_rate_x__d,
    case when days.platform = 'wechat_oa' and not days.is_offline_event then days.counted_growth * credit.weight end
        as follower_growth_rate_oa__n,
    case when days.platform = 'wechat_oa' and not days.is_offline_event then days.counted_opening * credit.weight end
        as follower_growth_rate_oa__d,
    case when days.platform = 'wechat_oa' then days.counted_growth * credit.weight end as oa_follower_growth__n,
    case when days.platform = 'wechat_oa' then days.counted_opening * credit.weight end as oa_follower_growth__d,
    cast(null as decimal(28, 6)) as follower_retention_30d__n,
    cast(null as decimal(28, 6)) as follower_retention_30d__d
from {{ ref('int_credit_content') }} as credit
inner join days on credit.record_id = days.record_id
where credit.record_type = 'audience_day'

union all by name

select
    credit.month,
    credit.person_id,
    credit.segment_id,
    'account' as subject_type,
    cohorts.account_id as subject_id,
    credit.record_type,
    credit.record_id,
    cast(cohorts.mature_on as timestamp) as occurred_at,
    credit.weight,
    false as has_conflict,
    cohorts._content_id,
    cohorts._row_no,
    cohorts.n_qualified * credit.weight as follower_retention_30d__n,
    case when cohorts.n_qualified is not null then cohorts.n_new * credit.weight end as follower_retention_30d__d
from {{ ref('int_credit_content') }} as credit
inner join {{ ref('int_follower_cohorts') }} as cohorts on credit.record_id = cohorts.record_id
where credit.record_type = 'follower_cohort'
