{{ config(materialized='ephemeral') }}

with shares as (
    select
        components.month,
        -- the family that is decisive; a KPI may need several
        split_part(catalogue.families, ';', 1) as family,
        components.kpi_id,
        sum(case when components.person_id = 'UNASSIGNED' then abs(components.part) else 0 end) as unassigned,
        sum(abs(components.part)) as whole,
        sum(case when components.person_id = 'UNASSIGNED' then components.n_records else 0 end) as n
    from (
        select month, kpi_id, person_id, n_records, coalesce(denominator, numerator) as part
        from {{ ref('fct_kpi_components') }}
        where credit_kind = 'split' and {{ in_run_months('month') }}
    ) as components
    inner join {{ ref('kpi_catalogue') }} as catalogue on components.kpi_id = catalogue.kpi_id
    group by components.month, split_part(catalogue.families, ';', 1), components.kpi_id
)

select
    shares.month,
    shares.family,
    'family' as subject_type,
    shares.family as subject_id,
    'unassigned' as guard,
    'note' as severity,
    shares.kpi_id as kpi_scope,
    'unassigned_share' as reason_code,
    {{ reason_json([
        ('kpi', 'shares.kpi_id', true), ('share', percent_text('shares.unassigned', 'shares.whole'), true)
    ]) }}
        as reason_params,
    cast(shares.n as bigint) as n,
    cast(0 as bigint) as n_lost
from shares
cross join {{ source('company', 'settings') }} as settings
where shares.whole > 0 and shares.unassigned > settings.max_unassigned_share * shares.whole
