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

touched as (
    select
        units.month,
        units.family,
        units.subject_id,
        kpi_families.kpi_id,
        units.n_expected,
        units.is_absent,
        findings.guard,
        findings.severity,
        findings.reason_code,
        findings.is_personal,
        findings.message,
        absences.message as absence,
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
        end as n_lost
    from units
    inner join kpi_families on units.family = kpi_families.family
    left join absences on units.month = absences.month and units.family = absences.family
    left join findings
        on
            units.month = findings.month
            and units.family = findings.family
            and (findings.kpi_scope = '' or {{ list_has('findings.kpi_scope', 'kpi_families.kpi_id') }})
            and findings.subject_id in (units.subject_id, '')
),

losses as (
    -- several findings may speak of the same units, so the largest counts, not their sum
    select
        month,
        family,
        subject_id,
        kpi_id,
        max(n_expected) as n_expected,
        max(n_lost) as n_lost,
        max(case when is_absent then n_expected when guard in ('gap', 'late') then n_lost else 0 end) as n_missing,
        -- rows that could not be read are the first validation's; what may still move is young, not implausible
        max(
            case
                when reason_code in ('broken_rows', 'truncated_file', 'gate_below_bar') then 0
                when severity = 'withhold' and guard in ('volume', 'coverage', 'scale') then n_lost
                else 0
            end
        ) as n_doubtful,
        -- what withholds single people leaves the source provisional
        max(
            case
                when is_absent or (severity = 'withhold' and not is_personal) then 2
                when severity is not null then 1
                else 0
            end
        ) as gravity,
        coalesce(
            min(case when severity = 'withhold' and not is_personal then message end),
            min(case when is_absent then absence end)
        ) as withheld_reason,
        min(message) as provisional_reason,
        bool_or(is_absent) as is_silent
    from touched
    group by month, family, subject_id, kpi_id
),

certified as (
    select
        period_months.period_type,
        period_months.period,
        losses.family,
        losses.kpi_id,
        cast(sum(losses.n_expected) as bigint) as n_expected,
        cast(sum(losses.n_expected - least(losses.n_lost, losses.n_expected)) as bigint) as n_sound,
        cast(sum(losses.n_expected - least(losses.n_missing, losses.n_expected)) as bigint) as n_delivered,
        cast(sum(losses.n_expected - least(losses.n_doubtful, losses.n_expected)) as bigint) as n_plausible,
        max(case when losses.is_silent then 1 else 0 end) as is_silent,
        max(losses.gravity) as gravity,
        coalesce(min(losses.withheld_reason), min(losses.provisional_reason)) as reason
    from losses
    inner join period_months on losses.month = period_months.month
    group by period_months.period_type, period_months.period, losses.family, losses.kpi_id
),

-- the validations of the months, as far as they are about the KPI
checked as (
    select
        period_months.period_type,
        period_months.period,
        checks.family,
        kpi_families.kpi_id,
        cast(sum(case when checks.validation = 'gate' then checks.n_units else 0 end) as bigint) as n_rows_delivered,
        cast(sum(case when checks.validation = 'gate' then checks.n_passed else 0 end) as bigint) as n_rows_valid,
        cast(sum(case when checks.validation = 'reconciliation' then checks.n_units else 0 end) as bigint)
            as n_compared,
        cast(sum(case when checks.validation = 'reconciliation' then checks.n_passed else 0 end) as bigint)
            as n_agreeing,
        cast(sum(case when checks.validation = 'labels' then checks.n_units else 0 end) as bigint) as n_labels_judged,
        cast(sum(case when checks.validation = 'labels' then checks.n_passed else 0 end) as bigint) as n_labels_right
    from {{ ref('int_quality_checks') }} as checks
    inner join period_months on checks.month = period_months.month
    inner join kpi_families
        on
            checks.family = kpi_families.family
            and (checks.kpi_scope = '' or {{ list_has('checks.kpi_scope', 'kpi_families.kpi_id') }})
    group by period_months.period_type, period_months.period, checks.family, kpi_families.kpi_id
),

named as (
    select
        period_months.period_type,
        period_months.period,
        coverage.family,
        cast(sum(coverage.n_named) as bigint) as n_named,
        cast(sum(coverage.n_known) as bigint) as n_known
    from {{ ref('int_identity_coverage') }} as coverage
    inner join period_months on coverage.month = period_months.month
    group by period_months.period_type, period_months.period, coverage.family
)

select
    certified.period_type,
    certified.period,
    certified.family,
    certified.kpi_id,
    cast(
        case
            when certified.n_expected > 0 then certified.n_sound / cast(certified.n_expected as double)
            -- nothing to count: nothing happened, or nothing was delivered
            when certified.gravity = 2 then 0
            else 1
        end as decimal(9, 6)
    ) as quality,
    certified.n_expected,
    certified.n_sound,
    case certified.gravity when 2 then 'withheld' when 1 then 'provisional' else 'ok' end as status,
    coalesce(certified.reason, '') as reason,
    cast({{ setting('quality_bar') }} as decimal(9, 6)) as quality_bar,
    certified.n_delivered,
    cast(
        case
            when certified.n_expected > 0 then certified.n_delivered / cast(certified.n_expected as double)
            when certified.is_silent = 1 then 0
            else 1
        end as decimal(9, 6)
    ) as completeness,
    coalesce(checked.n_rows_delivered, 0) as n_rows_delivered,
    coalesce(checked.n_rows_valid, 0) as n_rows_valid,
    {{ share_of('checked.n_rows_valid', 'checked.n_rows_delivered') }} as valid_share,
    coalesce(checked.n_compared, 0) as n_compared,
    coalesce(checked.n_agreeing, 0) as n_agreeing,
    {{ share_of('checked.n_agreeing', 'checked.n_compared') }} as reconciled_share,
    certified.n_plausible,
    {{ share_of('certified.n_plausible', 'certified.n_expected') }} as plausible_share,
    coalesce(checked.n_labels_judged, 0) as n_labels_judged,
    coalesce(checked.n_labels_right, 0) as n_labels_right,
    {{ share_of('checked.n_labels_right', 'checked.n_labels_judged') }} as label_accuracy,
    {{ wilson_bound('checked.n_labels_right', 'checked.n_labels_judged', '-') }} as label_accuracy_low,
    {{ wilson_bound('checked.n_labels_right', 'checked.n_labels_judged', '+') }} as label_accuracy_high,
    coalesce(named.n_named, 0) as n_named,
    coalesce(named.n_known, 0) as n_known,
    {{ share_of('named.n_known', 'named.n_named') }} as identity_coverage
from certified
left join checked
    on
        certified.period_type = checked.period_type
        and certified.period = checked.period
        and certified.family = checked.family
        and certified.kpi_id = checked.kpi_id
left join named
    on
        certified.period_type = named.period_type
        and certified.period = named.period
        and certified.family = named.family
