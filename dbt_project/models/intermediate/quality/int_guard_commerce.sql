{{ config(materialized='ephemeral') }}

-- Stocks that cannot be added up: customers who also bought in another currency, groups whose files contradict each
-- other. Both withhold from whoever is credited with them, and from nobody else.
with foreign_customers as (
    select
        credit.month,
        credit.person_id,
        count(*) as n
    from {{ ref('int_customer_months') }} as customers
    inner join {{ ref('int_credit_commerce') }} as credit
        on customers.record_id = credit.record_id and credit.record_type = 'customer'
    where not customers.is_valued
    group by credit.month, credit.person_id
),

contradicted_groups as (
    select
        credit.month,
        credit.person_id,
        min(stocks.group_id) as group_id,
        count(*) as n
    from {{ ref('int_group_stocks') }} as stocks
    inner join {{ ref('int_credit_commerce') }} as credit
        on stocks.record_id = credit.record_id and credit.record_type = 'group_stock'
    where stocks.has_conflict
    group by credit.month, credit.person_id
)

select
    month,
    'orders' as family,
    'person' as subject_type,
    person_id as subject_id,
    'coverage' as guard,
    'withhold' as severity,
    'customer_lifetime_value;high_value_buying_share;high_value_retention;high_value_conversion;'
    || 'community_value_coefficient' as kpi_scope,
    'foreign_customers' as reason_code,
    {{ reason_json([('n', 'n', false)]) }} as reason_params,
    cast(n as bigint) as n,
    cast(n as bigint) as n_lost
from foreign_customers

union all

select
    month,
    'groups' as family,
    'person' as subject_type,
    person_id as subject_id,
    'contradiction' as guard,
    'withhold' as severity,
    'member_conversion_rate;community_value_coefficient' as kpi_scope,
    'contradiction' as reason_code,
    {{ reason_json([
        ('family', "'groups'", true), ('n', 'n', false), ('subject', 'group_id', true)
    ]) }} as reason_params,
    cast(n as bigint) as n,
    cast(n as bigint) as n_lost
from contradicted_groups
