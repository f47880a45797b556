-- GA4 moves sessions between sources for two days and drops small rows, so a later export replaces a whole day. Zeros
-- replace nothing, and neither do files of one date that disagree: chosen_versions then tells the contradiction.
with ga4 as (
    select
        *,
        sum(sessions) over (partition by day, _file_rank) as file_sessions
    from {{ ref('stg_ga4_days') }}
),

ga4_last as (
    select
        day,
        max(case when file_sessions > 0 then _file_rank end) as last_rank
    from ga4
    group by day
),

ga4_stamps as (
    select distinct
        ga4_last.day,
        ga4_last.last_rank,
        ga4._exported_at,
        ga4._period_from,
        ga4._period_to
    from ga4_last
    inner join ga4 on ga4_last.day = ga4.day and ga4_last.last_rank = ga4._file_rank
),

tagged_days as (
    select distinct day from {{ ref('stg_web_days') }}
),

exports as (
    select * from {{ ref('stg_web_days') }}
    union all by name
    -- a day that is known by all its tags is not counted again by source and medium
    select ga4.* exclude (file_sessions)  -- noqa: RF02
    from ga4
    left join ga4_stamps on ga4.day = ga4_stamps.day
    left join tagged_days on ga4.day = tagged_days.day
    where
        tagged_days.day is null
        and (
            ga4_stamps.day is null
            or ga4._file_rank >= ga4_stamps.last_rank
            or (
                ga4._exported_at is not distinct from ga4_stamps._exported_at
                and ga4._period_from is not distinct from ga4_stamps._period_from
                and ga4._period_to is not distinct from ga4_stamps._period_to
            )
        )
),

days as (
    select * from {{ chosen_versions(
        'exports',
        key=['day', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_content'],
        values=['sessions'],
        measures=['sessions']
    ) }}
),

dated as (
    select
        days.*,
        cast(days.day as varchar) || '|' || days.utm_source || '|' || days.utm_medium || '|' || days.utm_campaign
        || '|' || days.utm_content as record_id,
        {{ month_of('days.day') }} as month,
        utm_sources.utm_source is not null as is_from_x,
        coalesce(days.day + settings.web_settle_days >= cast(days._exported_at as date), false) as is_unsettled
    from days
    cross join {{ source('company', 'settings') }} as settings
    left join {{ source('company', 'utm_sources') }} as utm_sources on days.utm_source = utm_sources.utm_source
)

select
    dated.record_id,
    dated.day,
    dated.month,
    dated.utm_source,
    dated.utm_medium,
    dated.utm_campaign,
    dated.utm_content,
    case when not {{ is_direct('dated.utm_source') }} then channels.channel end as channel,
    dated.is_from_x,
    dated.is_unsettled,
    dated.sessions,
    dated.n_versions,
    dated.has_conflict,
    dated._content_id,
    dated._row_no
from dated
left join {{ utm_channels_of('dated') }} as channels
    on dated.utm_source = channels.utm_source and dated.utm_medium = channels.utm_medium
where {{ in_run_months('dated.month') }}
