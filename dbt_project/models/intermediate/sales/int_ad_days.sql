with days as (
    select * from {{ chosen_versions(
        ref('stg_ad_spend'),
        key=['account_id', 'day', 'campaign_id'],
        values=['spend_amount', 'currency', 'impressions', 'clicks', 'results'],
        measures=['spend_amount', 'impressions', 'clicks', 'results']
    ) }}
),

dated as (
    select
        *,
        account_id || '|' || cast(day as varchar) || '|' || campaign_id as record_id,
        {{ month_of('day') }} as month
    from days
)

select
    record_id,
    account_id,
    day,
    month,
    campaign_id,
    spend_amount,
    currency,
    impressions,
    clicks,
    results,
    reach,
    n_versions,
    has_conflict,
    _content_id,
    _row_no
from dated
where {{ in_run_months('month') }}
