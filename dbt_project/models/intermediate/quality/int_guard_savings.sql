{{ config(materialized='ephemeral') }}

-- A channel of which no base cost per lead is stated, in a month in which others have one: what it saved or cost is not
-- known, and withholds the savings of whoever is credited with it.
select
    month,
    'ads' as family,
    'person' as subject_type,
    person_id as subject_id,
    'coverage' as guard,
    'withhold' as severity,
    'lead_cost_savings' as kpi_scope,
    'cpl_base_missing' as reason_code,
    {{ reason_json([('n', 'n', false), ('subject', 'channel', true)]) }} as reason_params,
    cast(n as bigint) as n,
    cast(n as bigint) as n_lost
from (
    select
        month,
        person_id,
        channel,
        count(*) as n
    from {{ ref('int_savings_records') }}
    where base is null
    group by month, person_id, channel
) as unpriced
