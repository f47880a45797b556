{{ config(materialized='ephemeral') }}

-- Fewer posts than the overview counts: the content export is cut short, as exports of the top posts are. More is no
-- fault: the overview does not count what the content files hold beside posts. One or two may have been deleted since.
select
    counts.month,
    'x_posts' as family,
    'account' as subject_type,
    counts.account_id as subject_id,
    'reconciliation' as guard,
    'withhold' as severity,
    '' as kpi_scope,
    'posts_below_overview' as reason_code,
    {{ reason_json([
        ('floor', percent_text('settings.quality_bar', '1'), true),
        ('n', 'counts.n_content', false),
        ('share', percent_text('counts.n_content', 'counts.n_overview'), true),
        ('subject', 'counts.account_id', true),
        ('total', 'counts.n_overview', false),
    ]) }} as reason_params,
    counts.n_overview - counts.n_content as n,
    counts.n_overview - counts.n_content as n_lost
from {{ ref('int_post_counts') }} as counts
cross join {{ source('company', 'settings') }} as settings
where
    counts.n_overview - counts.n_content >= 3
    and counts.n_content < settings.quality_bar * counts.n_overview
    and {{ in_run_months('counts.month') }}
