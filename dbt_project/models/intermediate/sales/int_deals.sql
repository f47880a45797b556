with exports as (
    select
        'hubspot' as system,
        *
    from {{ ref('stg_hubspot_deals') }}
    union all by name
    select
        'crm' as system,
        *
    from {{ ref('stg_crm_opportunities') }}
),

deals as (
    select * from {{ chosen_versions(
        'exports',
        key=['system', 'deal_id'],
        values=['owner_key', 'stage', 'closed_at', 'amount']
    ) }}
),

named as (
    select
        deals.*,
        coalesce(deal_stages.meaning, 'open') as meaning
    from deals
    left join {{ source('company', 'deal_stages') }} as deal_stages on deals.stage = deal_stages.stage
),

-- the close date of an open deal is a forecast
closed as (
    select
        * exclude (closed_at),
        case when meaning <> 'open' then closed_at end as closed_at
    from named
),

dated as (
    select
        *,
        {{ local_date('closed_at', company_timezone()) }} as closed_on
    from closed
)

select
    case when system = 'crm' then deal_id else system || '/' || deal_id end as record_id,
    deal_id,
    system,
    owner_key,
    product,
    stage,
    meaning,
    created_on,
    closed_at,
    closed_on,
    {{ month_of('closed_on') }} as month,
    amount,
    currency,
    n_versions,
    has_conflict,
    _content_id,
    _row_no
from dated
where closed_on is null or {{ in_run_months(month_of('closed_on')) }}
