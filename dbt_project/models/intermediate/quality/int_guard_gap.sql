{{ config(materialized='ephemeral') }}

select
    month,
    family,
    case subject_id when '' then 'family' else 'account' end as subject_type,
    case subject_id when '' then family else subject_id end as subject_id,
    'gap' as guard,
    'withhold' as severity,
    '' as kpi_scope,
    'gap_days' as reason_code,
    {{ reason_json([
        ('days', 'n_expected - n_present', false),
        ('expected', 'n_expected', false),
        ('family', 'family', true),
        ('first_day', 'first_missing', true),
        ('last_day', 'last_missing', true),
        ('subject', 'subject_id', true),
    ]) }} as reason_params,
    n_expected - n_present as n,
    n_expected - n_present as n_lost
from {{ ref('int_source_coverage') }}
where cadence in ('daily', 'range') and n_present < n_expected
