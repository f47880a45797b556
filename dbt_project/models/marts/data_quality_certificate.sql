{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_due_periods() }}"
) }}

-- Expected units: account-days where a source is expected day by day or by range, records elsewhere.
with period_months as (
    select period_type, period, month from {{ ref('int_kpi_periods') }}
),

kpi_families as (
    select catalogue.kpi_id, families.family
    from {{ ref('kpi_catalogue') }} as catalogue
    inner join (select distinct family from {{ ref('int_source_coverage') }}) as families
        on {{ list_has('catalogue.families', 'families.family') }}
),

units as (
    select
        coverage.month,
        coverage.family,
        coverage.subject_id,
        coverage.n_records,
        coverage.n_expected > 0 as by_day,
        case when coverage.n_expected > 0 then coverage.n_expected else coverage.n_records end as n_expected,
        -- an account that nobody expects may be silent while others of its source speak
        not coverage.is_covered and (coverage.cadence <> 'unlisted' or not families.is_covered) as is_absent
    from {{ ref('int_source_coverage') }} as coverage
    inner join {{ ref('int_source_coverage') }} as families
        on coverage.month = families.month and coverage.family = families.family and families.subject_id = '*'
    where coverage.subject_id <> '*'
),

absences as (
    select
        absent.month,
        absent.family,
        {{ render_reason('reasons.text_en', 'absent.reason_params') }} as message
    from (
        select distinct
            month,
            family,
            {{ reason_json([('family', 'family', true), ('month', month_text('month'), true)]) }} as reason_params
        from units
        where is_absent
    ) as absent
    inner join {{ ref('reason_catalogue') }} as reasons on reasons.reason_code = 'no_data'
),

-- people's findings are added up for the source: each is about other records
findings as (
    select
        month,
        family,
        case subject_type when 'account' then subject_id else '' end as subject_id,
        guard,
        severity,
        kpi_scope,
        reason_code,
        subject_type = 'person' as is_personal,
        cast(sum(n_lost) as bigint) as n_lost,
        min(message) as message
    from {{ ref('data_quality_findings') }}
    where severity <> 'note'
    group by 1, 2, 3, 4, 5, 6, 7, 8
),

losses as (
    -- several findings may speak of the same units, so the largest counts, not their sum
    select
        units.month,
        units.family,
        units.subject_id,
        kpi_families.kpi_id,
        max(units.n_expected) as n_expected,
        max(
            case
                when findings.severity is null then 0
                -- records that are wrong spoil the account's days by their share of its records
                when units.by_day and findings.guard not in ('gap', 'late')
                    then
                        ceiling(
                            units.n_expected
                            * least(1.0, cast(findings.n_lost as double) / greatest(units.n_records, 1))
                        )
                else least(findings.n_lost, units.n_expected)
            end
        ) as n_lost,
        -- what withholds single people leaves the source provisional
        max(
            case
                when units.is_absent or (findings.severity = 'withhold' and not findings.is_personal) then 2
                when findings.severity is not null then 1
                else 0
            end
        ) as gravity,
        coalesce(
            min(case when findings.severity = 'withhold' and not findings.is_personal then findings.message end),
            min(case when units.is_absent then absences.message end)
        ) as withheld_reason,
        min(findings.message) as provisional_reason
    from units
    inner join kpi_families on units.family = kpi_families.family
    left join absences on units.month = absences.month and units.family = absences.family
    left join findings
        on
            units.month = findings.month
            and units.family = findings.family
            and (findings.kpi_scope = '' or {{ list_has('findings.kpi_scope', 'kpi_families.kpi_id') }})
            and findings.subject_id in (units.subject_id, '')
    group by units.month, units.family, units.subject_id, kpi_families.kpi_id
),

certified as (
    select
        period_months.period_type,
        period_months.period,
        losses.family,
        losses.kpi_id,
        cast(sum(losses.n_expected) as bigint) as n_expected,
        cast(sum(losses.n_expected - least(losses.n_lost, losses.n_expected)) as bigint) as n_sound,
        max(losses.gravity) as gravity,
        coalesce(min(losses.withheld_reason), min(losses.provisional_reason)) as reason
    from losses
    inner join period_months on losses.month = period_months.month
    group by period_months.period_type, period_months.period, losses.family, losses.kpi_id
)

select
    period_type,
    period,
    family,
    kpi_id,
    cast(
        case
            when n_expected > 0 then n_sound / cast(n_expected as double)
            -- nothing to count: nothing happened, or nothing was delivered
            when gravity = 2 then 0
            else 1
        end as decimal(9, 6)
    ) as quality,
    n_expected,
    n_sound,
    case gravity when 2 then 'withheld' when 1 then 'provisional' else 'ok' end as status,
    coalesce(reason, '') as reason
from certified
