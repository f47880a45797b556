{{ config(materialized='ephemeral') }}

select
    month,
    family,
    'family' as subject_type,
    family as subject_id,
    'identity' as guard,
    'note' as severity,
    '' as kpi_scope,
    'identity_unknown' as reason_code,
    {{ reason_json([
        ('family', 'family', true),
        ('floor', percent_text(setting('min_identity_coverage'), '1'), true),
        ('n', 'n_named - n_known', false),
        ('share', percent_text('n_known', 'n_named'), true),
        ('total', 'n_named', false),
    ]) }} as reason_params,
    n_named - n_known as n,
    cast(0 as bigint) as n_lost
from {{ ref('int_identity_coverage') }}
where n_known < {{ setting('min_identity_coverage') }} * n_named and {{ in_run_months('month') }}
