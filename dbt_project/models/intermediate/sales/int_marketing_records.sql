-- What the KPIs of cost, conversion, apps and reporting are made of, each record with the numbers it adds. Money and
-- its results meet in the campaign, so leads, customers and orders of paid channels stand here once more, to be
-- credited to whoever answers for the campaign and not to whoever sold.
with settings as (
    select currency from {{ source('company', 'settings') }}
),

paid as (
    select channel from {{ source('company', 'channels') }} where is_paid
),

-- a lead of a campaign without spend in its month would make others look cheap: it is listed, not counted
spent as (
    select distinct
        month,
        lower(campaign_id) as campaign
    from {{ ref('int_ad_days') }}
    where cost > 0
),

attributed_leads as (
    select
        leads.*,
        attribution.channel,
        attribution.last_touch_campaign as campaign,
        attribution.window_id as origin_window_id,
        paid.channel is not null as is_paid
    from {{ ref('int_leads') }} as leads
    inner join {{ ref('int_attribution') }} as attribution
        on leads.lead_id = attribution.record_id and attribution.record_type = 'lead'
    left join paid on attribution.channel = paid.channel
),

interviews as (
    select * from {{ chosen_versions(ref('stg_interviews'), key=['interview_id'], values=['held_at', 'person_key']) }}
),

reports as (
    select * from {{ chosen_versions(
        ref('stg_report_deliveries'), key=['report_id'], values=['due_at', 'delivered_at', 'person_key']
    ) }}
),

funnel_reports as (
    select * from {{ chosen_versions(
        ref('stg_funnel_reports'), key=['month', 'step', 'person_key'], values=['reported_value']
    ) }}
),

funnel as (
    select month, 'visits' as step, cast(sum(sessions) as decimal(38, 6)) as n
    from {{ ref('int_web_days') }}
    group by month
    union all
    select month, 'leads' as step, cast(count(*) as decimal(38, 6)) as n
    from {{ ref('int_leads') }}
    group by month
    union all
    select
        month,
        'qualified_leads' as step,
        cast(count(case when is_qualified and not is_repeat then 1 end) as decimal(38, 6)) as n
    from {{ ref('int_leads') }}
    group by month
    union all
    select won_month as month, 'customers' as step, cast(count(*) as decimal(38, 6)) as n
    from {{ ref('int_leads') }}
    where won_month is not null
    group by won_month
    union all
    select month, 'orders' as step, cast(count(case when is_counted then 1 end) as decimal(38, 6)) as n
    from {{ ref('int_orders') }}
    group by month
),

records as (
    select
        'ad_day' as record_type,
        record_id,
        month,
        {{ midnight_utc('day', company_timezone()) }} as happened_at,
        channel as subject_id,
        lower(campaign_id) as campaign,
        cost,
        impressions,
        clicks,
        has_conflict,
        _content_id,
        _row_no
    from {{ ref('int_ad_days') }}
    union all by name
    select
        'app_day' as record_type,
        record_id,
        month,
        {{ midnight_utc('day', company_timezone()) }} as happened_at,
        app_id as subject_id,
        campaign_id as campaign,
        utm_content,
        case when is_counted then installs end as installs,
        has_conflict,
        _content_id,
        _row_no
    from {{ ref('int_app_days') }}
    union all by name
    select
        'paid_lead' as record_type,
        lead_id as record_id,
        month,
        created_at as happened_at,
        channel as subject_id,
        campaign,
        1 as hits,
        has_conflict,
        _content_id,
        _row_no
    from attributed_leads
    where
        is_paid and is_qualified and not is_repeat
        and (month, campaign) in (select (spent.month, spent.campaign) from spent)
    union all by name
    select
        'paid_customer' as record_type,
        lead_id as record_id,
        won_month as month,
        won_at as happened_at,
        channel as subject_id,
        campaign,
        1 as hits,
        has_conflict,
        _content_id,
        _row_no
    from attributed_leads
    where is_paid and won_at is not null and (won_month, campaign) in (select (spent.month, spent.campaign) from spent)
    union all by name
    select
        'paid_order' as record_type,
        orders.record_id,
        orders.month,
        orders.ordered_at as happened_at,
        attribution.channel as subject_id,
        attribution.last_touch_campaign as campaign,
        case when coalesce(orders.currency, settings.currency) = settings.currency then orders.net_amount end as amount,
        orders.has_conflict,
        orders._content_id,
        orders._row_no
    from {{ ref('int_attribution') }} as attribution
    inner join paid on attribution.channel = paid.channel
    inner join {{ ref('int_orders') }} as orders
        on attribution.record_id = orders.record_id and attribution.record_type = 'order'
    cross join settings
    where orders.is_counted
    union all by name
    select
        'lead_mature' as record_type,
        lead_id as record_id,
        mature_month as month,
        matures_at as happened_at,
        channel as subject_id,
        origin_window_id,
        case when won_at is null then 0 else 1 end as hits,
        has_conflict,
        _content_id,
        _row_no
    from attributed_leads
    where not is_repeat
    union all by name
    select
        'lead_won' as record_type,
        lead_id as record_id,
        won_month as month,
        won_at as happened_at,
        channel as subject_id,
        origin_window_id,
        1 as hits,
        has_conflict,
        _content_id,
        _row_no
    from attributed_leads
    where won_at is not null
    union all by name
    select
        'interview' as record_type,
        interview_id as record_id,
        {{ local_month('held_at', company_timezone()) }} as month,
        held_at as happened_at,
        'crm' as subject_id,
        person_key,
        1 as hits,
        has_conflict,
        _content_id,
        _row_no
    from interviews
    union all by name
    select
        'report' as record_type,
        report_id as record_id,
        {{ local_month('due_at', company_timezone()) }} as month,
        due_at as happened_at,
        'crm' as subject_id,
        person_key,
        -- what was not due when the register was written is not late
        case
            when delivered_at <= due_at then 1
            when delivered_at > due_at or _exported_at is null or _exported_at > due_at then 0
        end as hits,
        has_conflict,
        _content_id,
        _row_no
    from reports
    union all by name
    select
        'funnel_step' as record_type,
        {{ month_text('funnel_reports.month') }} || '|' || funnel_reports.step || '|' || funnel_reports.person_key
            as record_id,
        funnel_reports.month,
        {{ midnight_utc('funnel_reports.month', company_timezone()) }} as happened_at,
        'crm' as subject_id,
        funnel_reports.person_key,
        cast(
            round(
                cast(
                    1 - abs(funnel_reports.reported_value - funnel.n) / nullif(cast(funnel.n as double), 0)
                    as decimal(38, 15)
                ), 12
            ) as decimal(38, 12)
        ) as accuracy,
        funnel_reports.has_conflict,
        funnel_reports._content_id,
        funnel_reports._row_no
    from funnel_reports
    left join funnel on funnel_reports.month = funnel.month and funnel_reports.step = funnel.step
)

select
    record_type,
    record_id,
    month,
    happened_at,
    subject_id,
    nullif(campaign, '') as campaign,
    nullif(utm_content, '') as utm_content,
    person_key,
    origin_window_id,
    cost,
    impressions,
    clicks,
    installs,
    amount,
    hits,
    accuracy,
    has_conflict,
    _content_id,
    _row_no
from records
where {{ in_run_months('month') }}
