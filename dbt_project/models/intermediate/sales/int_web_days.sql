with days as (
    select * from {{ chosen_versions(
        ref('stg_web_days'),
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
        utm_sources.utm_source is not null as is_from_x
    from days
    left join {{ source('company', 'utm_sources') }} as utm_sources on days.utm_source = utm_sources.utm_source
)

select
    record_id,
    day,
    month,
    utm_source,
    utm_medium,
    utm_campaign,
    utm_content,
    is_from_x,
    sessions,
    n_versions,
    has_conflict,
    _content_id,
    _row_no
from dated
where {{ in_run_months('month') }}
