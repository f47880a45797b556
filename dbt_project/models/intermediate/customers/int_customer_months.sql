-- What each customer is at the end of a month, and was at its beginning, by all purchases up to then. Only customers
-- with a purchase in the days that `customer_active_days` looks back: whoever is gone for longer is nobody's customer.
with settings as (
    select currency, customer_active_days, high_value_days, high_value_amount, loyalty_days
    from {{ source('company', 'settings') }}
),

months as (
    select distinct month, {{ add_months('month', 1) }} as month_end from {{ source('control', 'run_months') }}
),

purchases as (
    select
        history.customer_key,
        history.purchase_no,
        history.local_day,
        history.month,
        history.account_id,
        history.discount_code,
        history.referrer_key,
        history.is_referred,
        history.knows_referrals,
        history.has_conflict,
        history._content_id,
        history._row_no,
        coalesce(history.currency, settings.currency) <> settings.currency as is_foreign,
        case when coalesce(history.currency, settings.currency) = settings.currency then history.net_amount end
            as net_amount
    from {{ ref('int_order_history') }} as history
    cross join settings
    where history.purchase_no is not null
),

-- the last purchases decide who is looked at; only of those customers all purchases are added up
active as (
    select distinct months.month, months.month_end, purchases.customer_key
    from months
    cross join settings
    inner join purchases
        on
            purchases.local_day < months.month_end
            and purchases.local_day >= months.month - settings.customer_active_days
),

summed as (
    select
        active.month,
        active.customer_key,
        max(purchases.purchase_no) as n_purchases,
        {{ value_at_max('purchases.account_id', 'purchases.purchase_no') }} as account_id,
        {{ value_at_max('purchases.discount_code', 'purchases.purchase_no') }} as discount_code,
        {{ value_at_max('purchases._content_id', 'purchases.purchase_no') }} as _content_id,
        {{ value_at_max('purchases._row_no', 'purchases.purchase_no') }} as _row_no,
        min(purchases.local_day) as first_day,
        min(case when purchases.purchase_no = 2 then purchases.local_day end) as second_day,
        count(case when purchases.month = active.month then 1 end) as n_month,
        coalesce(bool_or(
            purchases.local_day >= active.month - settings.customer_active_days and purchases.local_day < active.month
        ), false) as is_existing,
        coalesce(bool_or(purchases.local_day >= active.month_end - settings.customer_active_days), false) as is_active,
        bool_or(purchases.is_foreign) as has_foreign,
        sum(purchases.net_amount) as net_total,
        coalesce(sum(
            case
                when
                    purchases.local_day >= active.month - settings.high_value_days
                    and purchases.local_day < active.month
                    then purchases.net_amount
            end
        ), 0) as net_opening,
        coalesce(sum(
            case when purchases.local_day >= active.month_end - settings.high_value_days then purchases.net_amount end
        ), 0) as net_closing,
        -- an older contradiction was its own month's to withhold
        coalesce(bool_or(purchases.has_conflict and purchases.month = active.month), false) as has_conflict
    from active
    cross join settings
    inner join purchases on active.customer_key = purchases.customer_key and purchases.local_day < active.month_end
    group by active.month, active.month_end, active.customer_key
),

referred as (
    select month, referrer_key, count(*) as n_referred
    from purchases
    where purchase_no = 1 and knows_referrals and is_referred and {{ in_run_months('month') }}
    group by month, referrer_key
),

recorded as (
    select min(month) as since from purchases where knows_referrals
)

select
    summed.customer_key || '|' || {{ month_text('summed.month') }} as record_id,
    summed.month,
    summed.customer_key,
    summed.account_id,
    summed.discount_code,
    summed.n_purchases,
    cast(summed.n_month as integer) as n_month,
    summed.is_existing,
    summed.is_active,
    not summed.has_foreign as is_valued,
    not summed.has_foreign and summed.net_opening >= settings.high_value_amount as was_high_value,
    not summed.has_foreign and summed.net_closing >= settings.high_value_amount as is_high_value,
    cast(summed.net_total as decimal(38, 6)) as net_total,
    cast(summed.net_opening as decimal(38, 6)) as net_opening,
    cast(summed.net_closing as decimal(38, 6)) as net_closing,
    -- judged in the month in which the days for a second purchase are over
    summed.first_day + settings.loyalty_days >= summed.month
    and summed.first_day + settings.loyalty_days < {{ add_months('summed.month', 1) }} as is_loyalty_due,
    coalesce(summed.second_day < summed.first_day + settings.loyalty_days, false) as is_loyal,
    coalesce(recorded.since <= summed.month, false) as knows_referrals,
    cast(coalesce(referred.n_referred, 0) as integer) as n_referred,
    summed.has_conflict,
    summed._content_id,
    summed._row_no
from summed
cross join settings
cross join recorded
left join referred on summed.month = referred.month and summed.customer_key = referred.referrer_key
