{{ config(materialized='ephemeral') }}

-- WeCom sums several userids of one request without saying so, and once gave everybody the same numbers after a change
-- of its own: equal figures of three people or more, day after day, are nobody's. A single such day may be chance.
with days as (
    select
        month,
        day,
        count(*) as n_people,
        count(
            distinct {{ row_hash(['chat_cnt', 'message_cnt', 'negative_feedback_cnt', 'new_contact_cnt']) }}
        ) as n_figures,
        sum(coalesce(chat_cnt, 0) + coalesce(message_cnt, 0)) as n_done
    from {{ ref('int_wecom_days') }}
    where record_type = 'wecom_user_day' and {{ in_run_months('month') }}
    group by month, day
),

months as (
    select
        month,
        count(*) as n_total,
        count(case when n_figures = 1 then 1 end) as n
    from days
    -- a day on which nobody did anything is alike for all
    where n_people >= 3 and n_done > 0
    group by month
)

select
    month,
    'wecom_behaviour' as family,
    'family' as subject_type,
    'wecom_behaviour' as subject_id,
    'coverage' as guard,
    'withhold' as severity,
    '' as kpi_scope,
    'figures_identical' as reason_code,
    {{ reason_json([
        ('family', "'wecom_behaviour'", true),
        ('n', 'n', false),
        ('share', percent_text('n', 'n_total'), true),
        ('total', 'n_total', false),
    ]) }} as reason_params,
    cast(n as bigint) as n,
    cast(n as bigint) as n_lost
from months
where n >= 3 and n > (1 - {{ setting('quality_bar') }}) * n_total
