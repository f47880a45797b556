{{ config(materialized='ephemeral') }}

-- What a CRM says was won against the orders of the shop that books it (`deal_orders` of company.yaml). Below the bar
-- one of the two is wrong, and nobody knows which: the revenue of whoever won a deal of that CRM waits. What lies
-- between the day of the deal and that of its order must fit into the rest that the bar leaves over.
with won as (
    select
        deals.month,
        deals.system,
        cast(sum(deals.amount) as decimal(38, 2)) as amount
    from {{ ref('int_deals') }} as deals
    where deals.meaning = 'won' and deals.month is not null and {{ in_run_months('deals.month') }}
    group by deals.month, deals.system
),

booked as (
    select
        orders.month,
        orders.account_id,
        cast(sum(orders.net_amount) as decimal(38, 2)) as amount
    from {{ ref('int_orders') }} as orders
    where
        orders.is_counted
        and coalesce(orders.currency, {{ setting('currency') }}) = {{ setting('currency') }}
        and {{ in_run_months('orders.month') }}
    group by orders.month, orders.account_id
),

compared as (
    select
        won.month,
        won.system,
        pairs.account_id,
        coalesce(won.amount, 0) as won_amount,
        coalesce(booked.amount, 0) as booked_amount,
        least(coalesce(won.amount, 0), coalesce(booked.amount, 0)) as smaller,
        greatest(coalesce(won.amount, 0), coalesce(booked.amount, 0)) as larger
    from won
    inner join {{ source('company', 'deal_orders') }} as pairs on won.system = pairs.system
    left join booked on won.month = booked.month and pairs.account_id = booked.account_id
),

winners as (
    select
        credit.month,
        deals.system,
        credit.person_id,
        count(*) as n
    from {{ ref('int_deals') }} as deals
    inner join {{ ref('int_credit') }} as credit
        on deals.record_id = credit.record_id and credit.record_type = 'deal'
    where deals.meaning = 'won' and {{ in_run_months('credit.month') }}
    group by credit.month, deals.system, credit.person_id
)

select
    compared.month,
    'deals' as family,
    'person' as subject_type,
    winners.person_id as subject_id,
    'reconciliation' as guard,
    'withhold' as severity,
    'won_revenue' as kpi_scope,
    'won_against_orders' as reason_code,
    {{ reason_json([
        ('expected', 'compared.booked_amount', false),
        ('floor', percent_text(setting('quality_bar'), '1'), true),
        ('n', 'compared.won_amount', false),
        ('share', percent_text('greatest(compared.smaller, 0)', 'compared.larger'), true),
        ('subject', 'compared.account_id', true),
        ('tool', 'compared.system', true),
    ]) }} as reason_params,
    cast(winners.n as bigint) as n,
    cast(winners.n as bigint) as n_lost
from compared
inner join winners on compared.month = winners.month and compared.system = winners.system
where compared.larger > 0 and compared.smaller < {{ setting('quality_bar') }} * compared.larger
