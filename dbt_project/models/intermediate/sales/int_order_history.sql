{{ config(pre_hook="{{ store_plainly() }}", post_hook="{{ store_compactly() }}") }}

-- Whose first order it is, only all orders before it can say: so every landed order up to the end of the run is here.
-- A month reads nothing but the orders before its end, and every file that states one of those touches a month that it
-- may read (control.month_files): the same result, whatever months are built with it.
{%- set tags = "list_transform(string_split(orders.tags, ','), lambda tag: trim(tag))" %}

with lines as (
    select
        account_id,
        order_name,
        order_id,
        customer_key,
        financial_status as status,
        ordered_at,
        cancelled_at,
        fulfilled_at as completed_at,
        currency,
        total_amount,
        discount_code,
        discount_amount,
        refunded_amount,
        pos_actor_key,
        sales_channel,
        cast(null as varchar) as referrer_key,
        tags,
        'shopify_orders' as _spec_id,
        _file_rank,
        _exported_at,
        _period_from,
        _period_to,
        _row_no
    from {{ ref('stg_shopify_order_lines') }}
    where order_name is not null

    union all

    select
        account_id,
        order_name,
        cast(null as varchar) as order_id,
        customer_key,
        order_status as status,
        ordered_at,
        cancelled_at,
        completed_at,
        currency,
        total_amount,
        discount_code,
        discount_amount,
        refunded_amount,
        cast(null as varchar) as pos_actor_key,
        sales_channel,
        referrer_key,
        tags,
        'orders_generic' as _spec_id,
        _file_rank,
        _exported_at,
        _period_from,
        _period_to,
        _row_no
    from {{ ref('stg_orders_generic') }}
    where order_name is not null
),

-- order-level values stand on the first of an order's lines, or on all of them: one row per order and file first
orders_in_files as (
    select
        account_id,
        order_name,
        max(order_id) as order_id,
        coalesce(max(order_id), account_id || '/' || order_name) as record_id,
        max(customer_key) as customer_key,
        max(status) as status,
        min(ordered_at) as ordered_at,
        max(cancelled_at) as cancelled_at,
        max(completed_at) as completed_at,
        max(currency) as currency,
        max(total_amount) as total_amount,
        max(discount_code) as discount_code,
        max(discount_amount) as discount_amount,
        max(refunded_amount) as refunded_amount,
        max(pos_actor_key) as pos_actor_key,
        max(sales_channel) as sales_channel,
        max(referrer_key) as referrer_key,
        max(tags) as tags,
        count(*) as n_lines,
        min(total_amount) <> max(total_amount)
        or min(refunded_amount) <> max(refunded_amount) as is_ambiguous,
        _file_rank,
        -- the rank stands for the file: the rest of its envelope is the same in all of its rows
        any_value(_spec_id) as _spec_id,
        any_value(_exported_at) as _exported_at,
        any_value(_period_from) as _period_from,
        any_value(_period_to) as _period_to,
        min(_row_no) as _row_no
    from lines
    group by account_id, order_name, _file_rank
),

orders as (
    select * from {{ chosen_versions(
        'orders_in_files',
        key=['record_id'],
        values=['total_amount', 'refunded_amount', 'cancelled_at', 'discount_code', 'pos_actor_key'],
        measures=['total_amount']
    ) }}
),

words as (
    -- NULL where nobody has said which words are meant
    select
        coalesce(list(word) filter (where meaning = 'cancelled'), []) as cancelled,
        coalesce(list(word) filter (where meaning = 'completed'), []) as completed,
        coalesce(list(word) filter (where meaning = 'staff'), []) as staff,
        list(word) filter (where meaning = 'community') as community,
        list(word) filter (where meaning in ('private_domain', 'community')) as private_domain
    from {{ source('company', 'order_words') }}
),

valued as (
    select
        orders.*,
        {{ local_date('orders.ordered_at', company_timezone()) }} as local_day,
        -- the exports have no test flag: shops tag such orders
        coalesce(list_contains({{ tags }}, 'test'), false) as is_test,
        coalesce(list_has_any({{ tags }}, words.staff), false) as is_staff,
        orders.cancelled_at is not null
        or coalesce(orders._spec_id = 'shopify_orders' and orders.status in ('voided', 'expired'), false)
        or coalesce(list_contains(words.cancelled, orders.status), false) as is_cancelled,
        orders.completed_at is not null
        or coalesce(list_contains(words.completed, orders.status), false) as is_completed,
        -- NULL where the channel is unknown, or nobody has said which channels are meant
        list_contains(words.private_domain, trim(orders.sales_channel)) as is_private_domain,
        list_contains(words.community, trim(orders.sales_channel)) as is_community
    from orders
    cross join words
),

-- who had referred the customer before, by the register of referrals: the first one counts
referrals as (
    select customer_key, referrer_key, referred_at
    from (
        select
            customer_key,
            referrer_key,
            referred_at,
            row_number() over (partition by customer_key order by referred_at, referrer_key) as place
        from {{ ref('stg_referrals') }}
        where customer_key is not null and referrer_key is not null and referred_at is not null
    ) as numbered
    where place = 1
),

counted as (
    select
        valued.*,
        {{ month_of('valued.local_day') }} as month,
        not valued.is_test and not valued.is_staff and valued.total_amount <> 0 as is_placed,
        not valued.is_test
        and not valued.is_staff
        and not valued.is_cancelled
        and coalesce(valued.total_amount, 0) <> 0 as is_counted,
        valued.total_amount - coalesce(valued.refunded_amount, 0) as net_amount,
        -- nobody refers themselves
        nullif(coalesce(valued.referrer_key, referrals.referrer_key), valued.customer_key) as known_referrer_key
    from valued
    left join referrals
        on valued.customer_key = referrals.customer_key and valued.ordered_at >= referrals.referred_at
),

-- from when on referrals are recorded: by the shop's orders, or by the register
recorded as (
    select
        account_id,
        min(ordered_at) as since
    from valued
    where referrer_key is not null
    group by account_id
),

numbered as (
    select
        counted.*,
        case
            when counted.is_counted and counted.net_amount > 0 and counted.customer_key is not null
                then row_number() over (
                    partition by
                        counted.customer_key, counted.is_counted and coalesce(counted.net_amount > 0, false)
                    order by counted.ordered_at, counted.record_id
                )
        end as purchase_no,
        coalesce(
            counted.ordered_at >= least(
                coalesce(recorded.since, timestamp '9999-12-31'),
                coalesce((select min(referrals.referred_at) from referrals), timestamp '9999-12-31')
            ),
            false
        ) as knows_referrals
    from counted
    left join recorded on counted.account_id = recorded.account_id
),

-- from when on somebody is a customer who may refer others
first_purchases as (
    select
        customer_key,
        ordered_at
    from numbered
    where purchase_no = 1
)

select
    numbered.record_id,
    coalesce(numbered.order_id, numbered.order_name) as order_id,
    numbered.order_name,
    numbered.account_id,
    numbered.ordered_at,
    numbered.local_day,
    numbered.month,
    numbered.customer_key,
    numbered.status,
    numbered.is_test,
    numbered.is_staff,
    numbered.is_cancelled,
    numbered.is_completed,
    coalesce(numbered.is_placed, false) as is_placed,
    numbered.is_counted,
    cast(numbered.purchase_no as integer) as purchase_no,
    numbered.known_referrer_key as referrer_key,
    coalesce(first_purchases.ordered_at < numbered.ordered_at, false) as is_referred,
    numbered.knows_referrals,
    numbered.discount_code,
    numbered.pos_actor_key,
    numbered.sales_channel,
    numbered.is_private_domain,
    numbered.is_community,
    numbered.currency,
    cast(numbered.total_amount + coalesce(numbered.discount_amount, 0) as decimal(38, 6)) as gross_amount,
    coalesce(numbered.discount_amount, 0) as discount_amount,
    numbered.total_amount,
    coalesce(numbered.refunded_amount, 0) as refunded_amount,
    cast(numbered.net_amount as decimal(38, 6)) as net_amount,
    numbered.n_lines,
    numbered.n_versions,
    numbered.has_conflict or coalesce(numbered.is_ambiguous, false) as has_conflict,
    case numbered._spec_id
        when 'shopify_orders' then {{ content_of_file('shopify_orders', 'numbered._file_rank') }}
        else {{ content_of_file('orders_generic', 'numbered._file_rank') }}
    end as _content_id,
    numbered._row_no
from numbered
left join first_purchases on numbered.known_referrer_key = first_purchases.customer_key
where numbered.month < (select max(run_window.period_end) from {{ source('control', 'run_window') }} as run_window)
