{{ config(materialized='ephemeral') }}

-- It accuses nobody and changes no pay: people are asked to look, or told what looking has shown.
select
    month,
    'follower_lists' as family,
    'family' as subject_type,
    'follower_lists' as subject_id,
    'follower_audit' as guard,
    'note' as severity,
    'follower_retention_30d' as kpi_scope,
    case state when 'asked' then 'follower_audit_asked' else 'follower_audit_differs' end as reason_code,
    {{ reason_json([
        ('expected', percent_text('corrected_share', '1'), true),
        ('high', percent_text("case state when 'asked' then corrected_high else audited_high end", '1'), true),
        ('low', percent_text("case state when 'asked' then corrected_low else audited_low end", '1'), true),
        ('month', month_text('month'), true),
        ('n', "case state when 'asked' then n_judged else n_seen_flagged + n_seen_clean end", false),
        ('accuracy', percent_text("case state when 'asked' then corrected_share else audited_share end", '1'), true),
        ('share', percent_text('flagged_share', '1'), true),
        ('total', 'n_judged', false),
    ]) }} as reason_params,
    n_judged as n,
    cast(0 as bigint) as n_lost
from {{ ref('int_follower_audit') }}
where account_id = '*' and state in ('asked', 'differs') and {{ in_run_months('month') }}
