{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_run_months() }}"
) }}

with findings as (
    {% for guard in with_rows([
        'int_guard_gap', 'int_guard_late', 'int_guard_duplicate', 'int_guard_volume', 'int_guard_broken_rows',
        'int_guard_posts', 'int_guard_contradiction', 'int_guard_amounts', 'int_guard_unassigned', 'int_guard_content',
        'int_guard_commerce', 'int_guard_marketing', 'int_guard_savings', 'int_guard_engagement', 'int_guard_reviews',
        'int_guard_sentiment', 'int_guard_burst', 'int_guard_identity', 'int_guard_labels', 'int_guard_stock_flow',
        'int_guard_scale', 'int_guard_post_counts', 'int_guard_growth', 'int_guard_follower_audit', 'int_guard_zeros',
        'int_guard_counts', 'int_guard_tickets', 'int_guard_deal_orders', 'int_guard_wecom', 'int_guard_gaming'
    ]) %}
    select month, family, subject_type, subject_id, guard, severity, kpi_scope, reason_code, reason_params, n, n_lost
    from {{ ref(guard) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    findings.month,
    findings.family,
    findings.subject_type,
    findings.subject_id,
    findings.guard,
    findings.severity,
    findings.reason_code,
    findings.kpi_scope,
    findings.reason_params,
    {{ render_reason('reasons.text_en', 'findings.reason_params') }} as message,
    cast(findings.n as bigint) as n,
    cast(findings.n_lost as bigint) as n_lost
from findings
left join {{ ref('reason_catalogue') }} as reasons on findings.reason_code = reasons.reason_code
where {{ in_run_months('findings.month') }}
