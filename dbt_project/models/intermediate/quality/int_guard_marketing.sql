{{ config(materialized='ephemeral') }}

-- Money that cannot be added up withholds from whoever is credited with it. Days that their vendor still restates make
-- a value provisional. UTM tags that lead nowhere are listed, each with the number of leads or sessions behind it.
with spend as (
    select
        credit.month,
        credit.person_id,
        case when days.spend_amount is null then 'spend_missing' else 'foreign_spend' end as reason_code,
        min(days.currency) as currency,
        count(*) as n
    from {{ ref('int_ad_days') }} as days
    inner join {{ ref('int_credit_leads') }} as credit
        on days.record_id = credit.record_id and credit.record_type = 'ad_day'
    where days.cost is null
    group by 1, 2, 3
),

foreign_orders as (
    select credit.month, credit.person_id, min(orders.currency) as currency, count(*) as n
    from {{ ref('int_orders') }} as orders
    inner join {{ ref('int_credit_leads') }} as credit
        on orders.record_id = credit.record_id and credit.record_type = 'paid_order'
    cross join {{ source('company', 'settings') }} as settings
    where orders.currency <> settings.currency
    group by credit.month, credit.person_id
),

unsettled as (
    select
        month,
        'ads' as family,
        'cost_per_lead;lead_cost_savings;customer_acquisition_cost;marketing_roi;return_on_ad_spend;ad_click_rate'
            as kpi_scope,
        max(day) as last_day,
        count(distinct day) as n
    from {{ ref('int_ad_days') }}
    where is_unsettled
    group by month
    union all
    select
        month,
        'web' as family,
        'site_clicks;funnel_accuracy' as kpi_scope,
        max(day) as last_day,
        count(distinct day) as n
    from {{ ref('int_web_days') }}
    where is_unsettled
    group by month
),

spent as (
    select distinct
        month,
        lower(campaign_id) as campaign
    from {{ ref('int_ad_days') }}
    where cost > 0
),

held_codes as (
    select distinct subject_id from {{ ref('int_credit_windows') }} where subject_type = 'utm_code'
),

tagged as (
    select
        leads.month,
        'leads' as family,
        leads.utm_source,
        leads.utm_content,
        leads.has_upper_case,
        attribution.channel,
        attribution.last_touch_campaign as campaign,
        1 as n
    from {{ ref('int_leads') }} as leads
    inner join {{ ref('int_attribution') }} as attribution
        on leads.lead_id = attribution.record_id and attribution.record_type = 'lead'
    where not {{ is_direct('leads.utm_source') }} and {{ in_run_months('leads.month') }}
    union all
    select
        month,
        'web' as family,
        utm_source,
        utm_content,
        false as has_upper_case,
        channel,
        '' as campaign,
        sessions as n
    from {{ ref('int_web_days') }}
    where channel is not null
),

lint as (
    select month, family, 'utm_source_unknown' as reason_code, utm_source as tag, sum(n) as n
    from tagged
    where channel = 'other'
    group by month, family, utm_source
    union all
    select month, family, 'utm_upper_case' as reason_code, utm_source as tag, sum(n) as n
    from tagged
    where has_upper_case
    group by month, family, utm_source
    union all
    select
        tagged.month, tagged.family, 'utm_content_missing' as reason_code, tagged.utm_source as tag,
        sum(tagged.n) as n
    from tagged
    inner join {{ source('company', 'channels') }} as channels on tagged.channel = channels.channel
    where channels.is_social and tagged.utm_content = '' and tagged.family = 'leads'
    group by tagged.month, tagged.family, tagged.utm_source
    union all
    select
        tagged.month, tagged.family, 'utm_code_unheld' as reason_code, tagged.utm_content as tag,
        sum(tagged.n) as n
    from tagged
    inner join {{ source('company', 'channels') }} as channels on tagged.channel = channels.channel
    left join held_codes on tagged.utm_content = held_codes.subject_id
    where channels.is_social and tagged.utm_content <> '' and held_codes.subject_id is null
    group by tagged.month, tagged.family, tagged.utm_content
    union all
    select
        tagged.month, tagged.family, 'utm_campaign_without_spend' as reason_code, tagged.campaign as tag,
        sum(tagged.n) as n
    from tagged
    inner join {{ source('company', 'channels') }} as channels on tagged.channel = channels.channel
    left join spent on tagged.month = spent.month and tagged.campaign = spent.campaign
    where channels.is_paid and tagged.family = 'leads' and spent.campaign is null
    group by tagged.month, tagged.family, tagged.campaign
)

select
    month,
    'ads' as family,
    'person' as subject_type,
    person_id as subject_id,
    'coverage' as guard,
    'withhold' as severity,
    'cost_per_lead;lead_cost_savings;customer_acquisition_cost;marketing_roi;return_on_ad_spend' as kpi_scope,
    reason_code,
    {{ reason_json([('currency', 'currency', true), ('n', 'n', false)]) }} as reason_params,
    cast(n as bigint) as n,
    cast(n as bigint) as n_lost
from spend

union all

select
    month,
    'orders' as family,
    'person' as subject_type,
    person_id as subject_id,
    'coverage' as guard,
    'withhold' as severity,
    'marketing_roi;return_on_ad_spend' as kpi_scope,
    'foreign_currency' as reason_code,
    {{ reason_json([('currency', 'currency', true), ('n', 'n', false)]) }} as reason_params,
    cast(n as bigint) as n,
    cast(n as bigint) as n_lost
from foreign_orders

union all

select
    month,
    family,
    'family' as subject_type,
    family as subject_id,
    'coverage' as guard,
    'provisional' as severity,
    kpi_scope,
    'unsettled_days' as reason_code,
    {{ reason_json([('family', 'family', true), ('last_day', 'last_day', true), ('n', 'n', false)]) }} as reason_params,
    cast(n as bigint) as n,
    cast(0 as bigint) as n_lost
from unsettled

union all

select
    month,
    family,
    'utm' as subject_type,
    tag as subject_id,
    'utm' as guard,
    'note' as severity,
    '' as kpi_scope,
    reason_code,
    {{ reason_json([('family', 'family', true), ('n', 'n', false), ('subject', 'tag', true)]) }} as reason_params,
    cast(n as bigint) as n,
    cast(0 as bigint) as n_lost
from lint
