-- Orders with an event's code, placed from its start for the agreed days. An order of a code that several events use is
-- the latest started one's.
with matched as (
    select
        orders.record_id,
        orders.month,
        orders.ordered_at,
        orders.has_conflict,
        orders._content_id,
        orders._row_no,
        events.event_id,
        events.organiser_key,
        events.community_id,
        events.group_id,
        events.campaign_id,
        row_number() over (partition by orders.record_id order by events.starts_at desc, events.event_id asc) as place
    from {{ ref('int_orders') }} as orders
    inner join {{ ref('int_events') }} as events
        on
            orders.discount_code = events.promo_code
            and orders.ordered_at >= events.starts_at
            and orders.ordered_at < events.orders_until
    where orders.is_counted and orders.net_amount > 0
)

select
    record_id,
    month,
    ordered_at,
    event_id,
    organiser_key,
    community_id,
    group_id,
    campaign_id,
    has_conflict,
    _content_id,
    _row_no
from matched
where place = 1
