with exports as (
    select
        stg_ad_spend.* exclude (channel),
        coalesce(stg_ad_spend.channel, settings.ad_spend_channel) as channel
    from {{ ref('stg_ad_spend') }} as stg_ad_spend
    cross join {{ source('company', 'settings') }} as settings
    union all by name
    select
        *,
        'x_ads' as channel
    from {{ ref('stg_x_ads') }}
    union all by name
    select
        *,
        'linkedin_ads' as channel
    from {{ ref('stg_linkedin_ads') }}
),

-- spend is restated for weeks: the later export counts
days as (
    select * from {{ chosen_versions(
        'exports',
        key=['channel', 'account_id', 'day', 'campaign_id'],
        values=['spend_amount', 'currency', 'impressions', 'clicks', 'results'],
        measures=['spend_amount', 'impressions', 'clicks', 'results']
    ) }}
),

dated as (
    select
        days.*,
        days.channel || '|' || days.account_id || '|' || cast(days.day as varchar) || '|' || days.campaign_id
            as record_id,
        {{ month_of('days.day') }} as month,
        -- an export that states no currency is in the company's; a rate is never guessed
        case when coalesce(days.currency, settings.currency) = settings.currency then days.spend_amount end as cost,
        coalesce(days.day + settings.ad_settle_days >= cast(days._exported_at as date), false) as is_unsettled
    from days
    cross join {{ source('company', 'settings') }} as settings
)

select
    record_id,
    channel,
    account_id,
    day,
    month,
    campaign_id,
    spend_amount,
    currency,
    cost,
    impressions,
    clicks,
    results,
    reach,
    is_unsettled,
    n_versions,
    has_conflict,
    _content_id,
    _row_no
from dated
where {{ in_run_months('month') }}
