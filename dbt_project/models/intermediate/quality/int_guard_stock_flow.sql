{{ config(materialized='ephemeral') }}
{% set kpi_scope -%}
    case family
        when 'x_account' then 'net_follower_growth;team_net_follower_growth;follower_growth_rate_x'
        else 'oa_follower_growth;follower_growth_rate_oa'
    end
{%- endset %}

-- A single jump is an event, such as a purge: it is said and withholds nothing. Where day after day disagrees, one of
-- the two sources is wrong, and nobody knows which. What each day lets pass may add up: where the days that agree one
-- by one come to another month, by more than a single day may differ and by more than the bar leaves over, one of the
-- two is wrong as well.
with accounts as (
    select
        month,
        family,
        account_id,
        count(*) as n_units,
        count(case when not agrees and not is_explained then 1 end) as n_off,
        min(case when not agrees and not is_explained then day end) as first_off,
        sum(case when agrees and not is_explained then stock_change end) as stock_sum,
        sum(case when agrees and not is_explained then net_flow end) as flow_sum,
        max(stock) as stock
    from {{ ref('int_follower_stock_flow') }}
    where {{ in_run_months('month') }}
    group by month, family, account_id
),

judged as (
    select
        accounts.*,
        days.stock_change,
        days.net_flow,
        settings.quality_bar,
        accounts.n_off >= 3 and accounts.n_units - accounts.n_off < settings.quality_bar * accounts.n_units as is_wrong
    from accounts
    inner join {{ ref('int_follower_stock_flow') }} as days
        on
            accounts.family = days.family
            and accounts.account_id = days.account_id
            and accounts.first_off = days.day
    cross join {{ source('company', 'settings') }} as settings
),

drifting as (
    select accounts.*, settings.quality_bar
    from accounts
    cross join {{ source('company', 'settings') }} as settings
    where
        accounts.n_units - accounts.n_off >= 10
        and abs(accounts.stock_sum - accounts.flow_sum) > settings.reconciliation_tolerance * accounts.stock
        and abs(accounts.stock_sum - accounts.flow_sum)
        > (1 - settings.quality_bar) * greatest(abs(accounts.stock_sum), abs(accounts.flow_sum))
        and not exists (
            select 1 from judged
            where
                judged.is_wrong
                and judged.month = accounts.month
                and judged.family = accounts.family
                and judged.account_id = accounts.account_id
        )
)

select
    month,
    family,
    'account' as subject_type,
    account_id as subject_id,
    'reconciliation' as guard,
    case when is_wrong then 'withhold' else 'note' end as severity,
    {{ kpi_scope }} as kpi_scope,
    case when is_wrong then 'stock_flow_below_bar' else 'stock_flow_jump' end as reason_code,
    {{ reason_json([
        ('day', 'first_off', true),
        ('expected', 'net_flow', false),
        ('floor', percent_text('quality_bar', '1'), true),
        ('n', 'stock_change', false),
        ('share', percent_text('(n_units - n_off)', 'n_units'), true),
        ('subject', 'account_id', true),
        ('total', 'n_units', false),
    ]) }} as reason_params,
    n_off as n,
    case when is_wrong then n_off else cast(0 as bigint) end as n_lost
from judged

union all

select
    month,
    family,
    'account' as subject_type,
    account_id as subject_id,
    'reconciliation' as guard,
    'withhold' as severity,
    {{ kpi_scope }} as kpi_scope,
    'stock_flow_drift' as reason_code,
    {{ reason_json([
        ('expected', 'flow_sum', false),
        ('n', 'stock_sum', false),
        ('subject', 'account_id', true),
        ('total', 'n_units - n_off', false),
    ]) }} as reason_params,
    n_units - n_off as n,
    n_units - n_off as n_lost
from drifting
