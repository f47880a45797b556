{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_run_months() }}"
) }}

with findings as (
    {% for guard in [
        'gap', 'late', 'duplicate', 'volume', 'broken_rows', 'posts', 'contradiction', 'amounts', 'unassigned',
        'content', 'commerce', 'marketing', 'savings', 'engagement', 'reviews', 'sentiment'
    ] %}
    select month, family, subject_type, subject_id, guard, severity, kpi_scope, reason_code, reason_params, n, n_lost
    from {{ ref('int_guard_' ~ guard) }}
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
