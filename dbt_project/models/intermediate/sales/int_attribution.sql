{{ config(pre_hook="{{ store_plainly() }}", post_hook="{{ store_compactly() }}") }}

-- The claims of leads and orders are resolved here and read by int_credit: whoever is credited and the channel that is
-- reported then follow from the same touch.
{% set lead_claims = [
    ('override', 'lead', 'record_id'),
    ('assignment', 'utm_code', 'own_content'),
    ('assignment', 'utm_code', 'last_touch_content'),
    ('roster', 'campaign', 'last_touch_campaign'),
    ('assignment', 'campaign', 'last_touch_campaign'),
    ('actor', 'crm', 'owner_key'),
] %}
{% set order_claims = [
    ('override', 'order', 'record_id'),
    ('override', 'order', 'order_id'),
    ('override', 'order', 'order_name'),
    ('assignment', 'promo_code', 'discount_code'),
    ('assignment', 'utm_code', 'last_touch_content'),
    ('roster', 'campaign', 'last_touch_campaign'),
    ('assignment', 'campaign', 'last_touch_campaign'),
    ('actor', 'pos', 'pos_actor_key'),
    ('actor', 'crm', 'owner_key'),
    ('roster', 'account', 'account_id'),
    ('assignment', 'account', 'account_id'),
] %}
with windows as (
    {{ credit_windows() }}
),

leads as (
    select
        *,
        -- without a customer a lead has no touch but its own
        coalesce(customer_key, 'lead:' || lead_id) as touched_key
    from {{ ref('int_leads') }}
),

all_touches as (
    select distinct
        customer_key as touched_key,
        touched_at,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content
    from {{ ref('stg_touchpoints') }}
    where customer_key is not null and touched_at is not null
    union distinct
    select
        touched_key,
        created_at as touched_at,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content
    from leads
),

touches as (
    select
        all_touches.*,
        pairs.channel,
        case
            when coalesce(channels.is_social, false) then settings.touch_window_social_days
            else settings.touch_window_crm_days
        end as window_days
    from all_touches
    cross join {{ source('company', 'settings') }} as settings
    inner join {{ utm_channels_of('all_touches') }} as pairs
        on all_touches.utm_source = pairs.utm_source and all_touches.utm_medium = pairs.utm_medium
    left join {{ source('company', 'channels') }} as channels on pairs.channel = channels.channel
    where not {{ is_direct('all_touches.utm_source') }}
),

records as (
    select
        'lead' as record_type,
        lead_id as record_id,
        month,
        created_at as happened_at,
        touched_key
    from leads
    union all
    select
        'order' as record_type,
        record_id,
        month,
        ordered_at as happened_at,
        customer_key as touched_key
    from {{ ref('int_orders') }}
),

near_touches as (
    select
        records.record_type,
        records.record_id,
        touches.*,
        row_number() over first_to_last as from_first,
        row_number() over last_to_first as from_last
    from records
    inner join touches
        on
            records.touched_key = touches.touched_key
            and touches.touched_at <= records.happened_at
            and touches.touched_at
            > {{ add_minutes('records.happened_at', '-1440 * cast(touches.window_days as bigint)') }}
    window
        first_to_last as (
            partition by records.record_type, records.record_id
            order by
                touches.touched_at, touches.utm_source, touches.utm_medium, touches.utm_campaign, touches.utm_content
        ),
        last_to_first as (
            partition by records.record_type, records.record_id
            order by
                touches.touched_at desc, touches.utm_source asc, touches.utm_medium asc, touches.utm_campaign asc,
                touches.utm_content asc
        )
),

touched as (
    select
        record_type,
        record_id,
        {%- for end in ['first', 'last'] %}
        max(case when from_{{ end }} = 1 then touched_at end) as {{ end }}_touch_at,
        {%- for tag in ['source', 'medium', 'campaign', 'content'] %}
        max(case when from_{{ end }} = 1 then utm_{{ tag }} end) as {{ end }}_touch_{{ tag }},
        {%- endfor %}
        {%- endfor %}
        max(case when from_last = 1 then channel end) as channel
    from near_touches
    group by record_type, record_id
),

-- whoever owned the customer as a lead, when no code or touch tells who brought the order
lead_owners as (
    select
        orders.record_id,
        leads.owner_key,
        row_number() over (partition by orders.record_id order by leads.created_at desc, leads.lead_id asc) as from_last
    from {{ ref('int_orders') }} as orders
    cross join {{ source('company', 'settings') }} as settings
    inner join leads
        on
            orders.customer_key = leads.customer_key
            and leads.created_at <= orders.ordered_at
            and leads.created_at
            > {{ add_minutes('orders.ordered_at', '-1440 * cast(settings.touch_window_crm_days as bigint)') }}
    where leads.owner_key is not null
),

lead_records as (
    select
        leads.lead_id as record_id,
        leads.month,
        leads.created_at as happened_at,
        leads.created_at as credited_at,
        nullif(leads.utm_content, '') as own_content,
        nullif(touched.last_touch_content, '') as last_touch_content,
        nullif(touched.last_touch_campaign, '') as last_touch_campaign,
        leads.owner_key
    from leads
    left join touched on leads.lead_id = touched.record_id and touched.record_type = 'lead'
),

order_records as (
    select
        orders.record_id,
        orders.order_id,
        orders.order_name,
        orders.month,
        orders.ordered_at as happened_at,
        orders.ordered_at as credited_at,
        orders.discount_code,
        orders.pos_actor_key,
        orders.account_id,
        nullif(touched.last_touch_content, '') as last_touch_content,
        nullif(touched.last_touch_campaign, '') as last_touch_campaign,
        lead_owners.owner_key
    from {{ ref('int_orders') }} as orders
    left join touched on orders.record_id = touched.record_id and touched.record_type = 'order'
    left join lead_owners on orders.record_id = lead_owners.record_id and lead_owners.from_last = 1
),

claimed as (
    {{ claimed_windows('lead', 'lead_records', lead_claims, with_method=true) }}
    union all
    {{ claimed_windows('order', 'order_records', order_claims, with_method=true) }}
)

select
    claimed.record_type,
    claimed.record_id,
    claimed.month,
    coalesce(touched.channel, 'unattributed') as channel,
    touched.first_touch_at,
    touched.first_touch_source,
    touched.first_touch_medium,
    touched.first_touch_campaign,
    touched.first_touch_content,
    touched.last_touch_at,
    touched.last_touch_source,
    touched.last_touch_medium,
    touched.last_touch_campaign,
    touched.last_touch_content,
    claimed.method,
    claimed.window_id
from claimed
left join touched on claimed.record_type = touched.record_type and claimed.record_id = touched.record_id
