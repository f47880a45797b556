{{ config(materialized='ephemeral') }}

with months as (
    select distinct month from {{ source('control', 'run_months') }}
),

shares as (
    select
        months.month,
        files.family,
        coalesce(files.subject_id, '') as subject_id,
        cast(sum(files.n_broken) as bigint) as n,
        max(cast(files.n_broken as decimal(18, 6)) / (files.n_rows + files.n_broken)) as worst_share,
        coalesce(bool_or(files.is_cut), false) as is_cut
    from months
    inner join {{ source('landing', 'files') }} as files
        on {{ array_has('files.months', month_text('months.month')) }}
    where files.n_broken > 0
    group by months.month, files.family, coalesce(files.subject_id, '')
)

select
    month,
    family,
    case subject_id when '' then 'family' else 'account' end as subject_type,
    case subject_id when '' then family else subject_id end as subject_id,
    'coverage' as guard,
    -- more than 2 % of one file set aside, or nobody knows how much: what is missing may decide the number
    case when worst_share > 0.02 or is_cut then 'withhold' else 'note' end as severity,
    '' as kpi_scope,
    case when is_cut then 'truncated_file' else 'broken_rows' end as reason_code,
    {{ reason_json([
        ('family', 'family', true),
        ('n', 'n', false),
        ('share', "cast(cast(round(100.0 * worst_share, 1) as decimal(9, 1)) as varchar)", true),
        ('subject', 'subject_id', true),
    ]) }} as reason_params,
    n,
    n as n_lost
from shares
