{{ config(pre_hook="{{ store_plainly() }}", post_hook="{{ store_compactly() }}") }}

-- Orders are credited in int_credit. Stocks belong to whoever answers for them on the last day of the month: a customer
-- to the holder of the code, else of the shop of the latest purchase; a group to whom it is assigned, else its owner.
with windows as (
    {{ credit_windows() }}
),

customers as (
    select
        record_id,
        month,
        account_id,
        discount_code,
        {{ midnight_utc(add_months('month', 1) ~ ' - 1', company_timezone()) }} as credited_at
    from {{ ref('int_customer_months') }}
),

group_stocks as (
    select
        record_id,
        month,
        group_id,
        owner_key,
        {{ midnight_utc(add_months('month', 1) ~ ' - 1', company_timezone()) }} as credited_at
    from {{ ref('int_group_stocks') }}
),

customer_records as (
    select *, credited_at as happened_at from customers
),

group_records as (
    select *, credited_at as happened_at from group_stocks
),

claimed as (
    {{ claimed_windows('customer', 'customer_records', [
        ('override', 'customer', 'record_id'),
        ('assignment', 'promo_code', 'discount_code'),
        ('assignment', 'account', 'account_id'),
    ]) }}
    union all
    {{ claimed_windows('group_stock', 'group_records', [
        ('override', 'group_stock', 'record_id'),
        ('assignment', 'group', 'group_id'),
        ('actor', 'crm', 'owner_key'),
        ('actor', 'wecom', 'owner_key'),
    ]) }}
)

{{ split_credit('claimed') }}
