-- A store counts all installs, a measurement partner those it can lead back to a campaign and the organic rest. Where a
-- partner speaks of a platform's day, the store's row of it is the same installs again.
with days as (
    select * from {{ chosen_versions(
        '(select * replace (coalesce(media_source, \'\') as media_source), media_source is not null as is_partner from '
        ~ ref('stg_app_installs') ~ ')',
        key=['day', 'app_id', 'app_platform', 'media_source', 'campaign_id', 'utm_content'],
        values=['installs'],
        measures=['installs']
    ) }}
),

partner_days as (
    select distinct
        day,
        app_platform
    from days
    where is_partner
),

dated as (
    select
        days.*,
        cast(days.day as varchar) || '|' || days.app_id || '|' || days.app_platform || '|' || days.media_source || '|'
        || days.campaign_id || '|' || days.utm_content as record_id,
        {{ month_of('days.day') }} as month,
        days.is_partner
        or not exists (
            select 1 from partner_days
            where
                partner_days.day = days.day
                and (partner_days.app_platform in (days.app_platform, '') or days.app_platform = '')
        ) as is_counted
    from days
)

select
    record_id,
    day,
    month,
    app_id,
    app_platform,
    media_source,
    campaign_id,
    utm_content,
    installs,
    is_counted,
    n_versions,
    has_conflict,
    _content_id,
    _row_no
from dated
where {{ in_run_months('month') }}
