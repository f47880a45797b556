{{ config(materialized='ephemeral') }}

-- What looks like gaming is noted about a person and withholds nothing: what becomes of it the scheme says (`gaming`),
-- and the person may object (reviews/appeals.csv).
select
    month,
    case
        when rule_id in ('blocked_by_contacts', 'message_flood') then 'wecom_behaviour'
        when rule_id in ('self_order', 'staff_orders', 'refund_loop') then 'orders'
        when rule_id = 'repeated_post' then 'x_posts'
        when subject_type = 'account' then 'followers'
        else 'groups'
    end as family,
    'person' as subject_type,
    person_id as subject_id,
    'gaming' as guard,
    'note' as severity,
    kpi_scope,
    case rule_id
        when 'zombie_group' then 'gaming_zombie_group'
        when 'leaving_group' then 'gaming_leaving_group'
        when 'blocked_by_contacts' then 'gaming_blocked_by_contacts'
        when 'message_flood' then 'gaming_message_flood'
        when 'self_order' then 'gaming_self_order'
        when 'staff_orders' then 'gaming_staff_orders'
        when 'refund_loop' then 'gaming_refund_loop'
        when 'repeated_post' then 'gaming_repeated_post'
        when 'filler_messages' then 'gaming_filler_messages'
        when 'giveaway_spike' then 'gaming_giveaway_spike'
    end as reason_code,
    {{ reason_json([
        ('days', 'days', false),
        ('expected', 'expected', true),
        ('first_day', 'first_day', true),
        ('floor', 'threshold', true),
        ('incidents', 'incidents', true),
        ('last_day', 'last_day', true),
        ('n', 'n', false),
        ('share', 'value', true),
        ('subject', 'subject', true),
        ('total', 'n_incidents', false),
    ]) }} as reason_params,
    n,
    cast(0 as bigint) as n_lost
from (
    -- one finding a person, rule and month: the incidents one by one stand in fct_gaming_incidents
    select
        month,
        rule_id,
        person_id,
        min(subject_type) as subject_type,
        min(kpi_scope) as kpi_scope,
        string_agg(incident_id, ', ' order by incident_id) as incidents,
        string_agg(
            distinct case when subject_type in ('group', 'account') then subject_id end, ', '
            order by case when subject_type in ('group', 'account') then subject_id end
        ) as subject,
        count(*) as n_incidents,
        cast(sum(n) as bigint) as n,
        min(first_day) as first_day,
        max(last_day) as last_day,
        max(last_day) - min(first_day) + 1 as days,
        {{ gaming_figure('rule_id', 'max(value)') }} as value,
        {{ gaming_figure('rule_id', 'max(threshold)') }} as threshold,
        {{ gaming_figure('rule_id', 'max(expected)') }} as expected
    from {{ ref('int_gaming_incidents') }}
    group by month, rule_id, person_id
) as by_rule
