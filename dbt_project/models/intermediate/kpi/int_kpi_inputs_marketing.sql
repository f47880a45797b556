{{ config(materialized='view') }}

-- A rate of money over results has its money in one record and its results in another: each adds 0 to the other side.
-- A day whose spend is unknown, or in another currency, adds nothing and withholds (int_guard_marketing).
select
    credit.month,
    credit.person_id,
    credit.segment_id,
    case
        when credit.record_type in ('interview', 'report', 'funnel_step') then 'system'
        when credit.record_type = 'app_day' then 'app'
        else 'channel'
    end as subject_type,
    coalesce(records.subject_id, '') as subject_id,
    credit.record_type,
    credit.record_id,
    records.happened_at as occurred_at,
    credit.weight,
    records.has_conflict,
    records._content_id,
    records._row_no,
    case when records.impressions is not null then records.clicks * credit.weight end as ad_click_rate__n,
    case when records.clicks is not null then records.impressions * credit.weight end as ad_click_rate__d,
    case
        when credit.record_type = 'ad_day' then records.cost * credit.weight
        when credit.record_type = 'paid_lead' then 0 * credit.weight
    end as cost_per_lead__n,
    case
        when credit.record_type = 'ad_day' then 0 * records.cost
        when credit.record_type = 'paid_lead' then credit.weight
    end as cost_per_lead__d,
    case
        when credit.record_type = 'ad_day' then records.cost * credit.weight
        when credit.record_type = 'paid_customer' then 0 * credit.weight
    end as customer_acquisition_cost__n,
    case
        when credit.record_type = 'ad_day' then 0 * records.cost
        when credit.record_type = 'paid_customer' then credit.weight
    end as customer_acquisition_cost__d,
    case
        when credit.record_type = 'ad_day' then -records.cost * credit.weight
        when credit.record_type = 'paid_order' then records.amount * credit.weight
    end as marketing_roi__n,
    case
        when credit.record_type = 'ad_day' then records.cost * credit.weight
        when credit.record_type = 'paid_order' then 0 * records.amount
    end as marketing_roi__d,
    case
        when credit.record_type = 'ad_day' then 0 * records.cost
        when credit.record_type = 'paid_order' then records.amount * credit.weight
    end as return_on_ad_spend__n,
    case
        when credit.record_type = 'ad_day' then records.cost * credit.weight
        when credit.record_type = 'paid_order' then 0 * records.amount
    end as return_on_ad_spend__d,
    records.installs * credit.weight as app_installs__n,
    case when credit.record_type = 'lead_mature' then records.hits * credit.weight end as lead_conversion_cohort__n,
    case when credit.record_type = 'lead_mature' then credit.weight end as lead_conversion_cohort__d,
    case when credit.record_type = 'lead_won' then credit.weight end as lead_conversion__n,
    case when credit.record_type = 'lead_won' then 0 * credit.weight end as lead_conversion__d,
    case when credit.record_type = 'interview' then credit.weight end as user_interviews__n,
    case when credit.record_type = 'report' then records.hits * credit.weight end as report_timeliness__n,
    case when credit.record_type = 'report' and records.hits is not null then credit.weight end as report_timeliness__d,
    records.accuracy * credit.weight as funnel_accuracy__n,
    case when records.accuracy is not null then credit.weight end as funnel_accuracy__d
from {{ ref('int_credit_leads') }} as credit
inner join {{ ref('int_marketing_records') }} as records
    on credit.record_type = records.record_type and credit.record_id = records.record_id
