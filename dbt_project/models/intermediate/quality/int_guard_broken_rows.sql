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
        cast(sum(files.n_broken) as decimal(38, 6)) / sum(files.n_rows + files.n_broken) as share,
        max(cast(files.n_broken as decimal(18, 6)) / (files.n_rows + files.n_broken)) as worst_share,
        coalesce(bool_or(files.is_cut), false) as is_cut
    from months
    inner join {{ source('landing', 'files') }} as files
        on {{ array_has('files.months', month_text('months.month')) }}
    group by months.month, files.family, coalesce(files.subject_id, '')
    having sum(files.n_broken) > 0
),

judged as (
    select
        shares.*,
        -- more than 2 % of one file set aside, or nobody knows how much: what is missing may decide the number
        shares.worst_share > 0.02 or shares.is_cut as has_bad_file,
        shares.share > 1 - settings.quality_bar as is_below_bar,
        settings.quality_bar
    from shares
    cross join {{ source('company', 'settings') }} as settings
)

select
    month,
    family,
    case subject_id when '' then 'family' else 'account' end as subject_type,
    case subject_id when '' then family else subject_id end as subject_id,
    'coverage' as guard,
    case when has_bad_file or is_below_bar then 'withhold' else 'note' end as severity,
    '' as kpi_scope,
    case
        when is_cut then 'truncated_file'
        when is_below_bar and not has_bad_file then 'gate_below_bar'
        else 'broken_rows'
    end as reason_code,
    {{ reason_json([
        ('family', 'family', true),
        ('file_share', percent_text('worst_share', '1'), true),
        ('floor', percent_text('quality_bar', '1'), true),
        ('n', 'n', false),
        ('share', percent_text('(1 - share)', '1'), true),
        ('subject', 'subject_id', true),
    ]) }} as reason_params,
    n,
    n as n_lost
from judged
