{{ config(materialized='view') }}

-- What a lead cost against what it used to cost: the ad days and qualified paid leads of cost_per_lead, each credited
-- as there, with the base of its channel. The base of the person's team goes before the company's. Only months for
-- which the finance department states any base are measured; a channel without one is a gap there (int_guard_savings).
select
    credit.month,
    credit.person_id,
    credit.segment_id,
    records.subject_id as channel,
    credit.record_type,
    credit.record_id,
    records.happened_at,
    credit.weight,
    records.cost,
    coalesce(own.amount, common.amount) as base,
    records.has_conflict,
    records._content_id,
    records._row_no
from {{ ref('int_credit_leads') }} as credit
inner join {{ ref('int_marketing_records') }} as records
    on credit.record_type = records.record_type and credit.record_id = records.record_id
inner join (select distinct month from {{ source('company', 'cpl_bases') }} where channel = '') as measured
    on credit.month = measured.month
left join {{ source('company', 'segments') }} as segments
    on credit.person_id = segments.person_id and credit.segment_id = segments.segment_id
left join {{ source('company', 'cpl_bases') }} as own
    on
        credit.month = own.month
        and records.subject_id = own.channel
        and segments.team_id = own.team_id
        and own.team_id <> ''
left join {{ source('company', 'cpl_bases') }} as common
    on credit.month = common.month and records.subject_id = common.channel and common.team_id = ''
where credit.record_type in ('ad_day', 'paid_lead')
