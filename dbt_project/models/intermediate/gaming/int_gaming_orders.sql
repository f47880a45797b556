{{ config(materialized='ephemeral') }}

-- Orders by whoever is credited with them, orders of one colleague in numbers, and orders that come to nothing and are
-- placed again. Orders that are tagged as staff's are counted nowhere and are no matter here.
with orders as (
    select *
    from {{ ref('int_order_history') }}
    where customer_key is not null and not is_test and not is_staff and total_amount > 0
),

bought as (
    select
        orders.month,
        orders.record_id,
        orders.local_day,
        orders._content_id,
        orders._row_no,
        staff.person_id as buyer,
        credit.person_id,
        credit.weight
    from orders
    inner join {{ source('company', 'staff_customers') }} as staff
        on
            orders.customer_key = staff.customer_key
            and orders.local_day >= staff.valid_from
            and orders.local_day < staff.valid_to
    inner join {{ ref('int_credit') }} as credit
        on orders.record_id = credit.record_id and credit.record_type = 'order'
    where orders.is_counted and {{ in_run_months('orders.month') }} and credit.person_id <> 'UNASSIGNED'
),

staffed as (
    select
        *,
        case when buyer = person_id then 'self_order' else 'staff_orders' end as rule_id,
        buyer || '|' || person_id as pair,
        count(*) over (partition by month, buyer, person_id) as n,
        min(local_day) over (partition by month, buyer, person_id) as first_day,
        max(local_day) over (partition by month, buyer, person_id) as last_day
    from bought
),

spans as (
    select month, month - {{ setting('gaming_loop_days') }} as starts_on, {{ add_months('month', 1) }} as ends_on
    from (select distinct month from {{ source('control', 'run_months') }}) as run_months
),

void as (
    select
        account_id,
        customer_key,
        total_amount,
        record_id,
        ordered_at,
        local_day
    from orders
    where is_cancelled or refunded_amount >= total_amount * 0.9
),

-- an order that came to nothing, and the next one of the same amount by the same customer
loops as (
    select
        spans.month,
        void.account_id,
        void.customer_key,
        void.record_id as void_id,
        void.local_day as void_day,
        again.record_id,
        again.local_day,
        again._content_id,
        again._row_no,
        again.month as again_month
    from void
    inner join orders as again
        on
            void.account_id = again.account_id
            and void.customer_key = again.customer_key
            and void.total_amount = again.total_amount
            and void.ordered_at < again.ordered_at
            and again.local_day <= void.local_day + {{ setting('gaming_loop_days') }}
    inner join spans
        on void.local_day >= spans.starts_on and again.local_day < spans.ends_on
),

counted as (
    select
        month,
        account_id,
        customer_key,
        count(distinct void_id) as n,
        min(void_day) as first_day,
        max(local_day) as last_day
    from loops
    group by month, account_id, customer_key
    having count(distinct void_id) >= {{ setting('gaming_loop_orders') }}
),

placed_again as (
    select distinct month, account_id, customer_key, record_id, _content_id, _row_no
    from loops
    where again_month = month
),

found as (
    select
        month,
        rule_id,
        pair as subject,
        person_id,
        weight,
        buyer as subject_id,
        cast(n as double) as value,
        case rule_id when 'self_order' then 1 else {{ setting('gaming_staff_orders') }} end as threshold,
        n,
        first_day,
        last_day,
        record_id,
        _content_id,
        _row_no
    from staffed
    where rule_id = 'self_order' or n >= {{ setting('gaming_staff_orders') }}

    union all

    select
        counted.month,
        'refund_loop',
        counted.account_id || '|' || counted.customer_key,
        credit.person_id,
        credit.weight,
        counted.customer_key,
        cast(counted.n as double),
        {{ setting('gaming_loop_orders') }},
        counted.n,
        counted.first_day,
        counted.last_day,
        placed_again.record_id,
        placed_again._content_id,
        placed_again._row_no
    from counted
    inner join placed_again
        on
            counted.month = placed_again.month
            and counted.account_id = placed_again.account_id
            and counted.customer_key = placed_again.customer_key
    inner join {{ ref('int_credit') }} as credit
        on placed_again.record_id = credit.record_id and credit.record_type = 'order'
)

select
    month,
    rule_id,
    {{ incident_id('rule_id', 'month', 'subject') }} as incident_id,
    person_id,
    weight,
    case rule_id when 'refund_loop' then 'customer' else 'person' end as subject_type,
    subject_id,
    'average_order_value;community_sales;conversion_revenue;promo_code_uses' as kpi_scope,
    value,
    threshold,
    cast(0 as double) as expected,
    n,
    first_day,
    last_day,
    'order' as record_type,
    record_id,
    _content_id,
    _row_no
from found
