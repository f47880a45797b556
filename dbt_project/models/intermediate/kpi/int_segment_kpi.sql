{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_due_periods() }}"
) }}

with periods as (
    select distinct period_type, period, period_start, period_end from {{ ref('int_kpi_periods') }}
),

period_months as (
    select period_type, period, month from {{ ref('int_kpi_periods') }}
),

catalogue as (
    select
        kpi_id,
        aggregation,
        activity_kpi_id,
        families,
        -- the family without which the KPI has nothing at all
        split_part(families, ';', 1) as first_family
    from {{ ref('kpi_catalogue') }}
),

spine as (
    select
        periods.period_type,
        periods.period,
        periods.period_start,
        periods.period_end,
        segments.person_id,
        segments.segment_id,
        catalogue.kpi_id,
        catalogue.aggregation,
        catalogue.activity_kpi_id
    from periods
    inner join {{ source('company', 'segments') }} as segments
        on segments.valid_from < periods.period_end and {{ open_end('segments.valid_to') }} > periods.period_start
    cross join catalogue
),

readings as (
    {{ kpi_readings(by_segment=true) }}
),

exposure as (
    select
        exposure.month,
        exposure.person_id,
        exposure.segment_id,
        exposure.kpi_id,
        exposure.subject_type,
        exposure.subject_id,
        catalogue.first_family,
        -- somebody with accounts of their own answers for those; others for whatever the source holds
        max(case when exposure.subject_type = 'account' then 1 else 0 end) over (
            partition by exposure.month, exposure.person_id, exposure.segment_id, exposure.kpi_id
        ) as has_accounts
    from {{ ref('int_kpi_exposure') }} as exposure
    inner join catalogue on exposure.kpi_id = catalogue.kpi_id
),

covered_months as (
    select
        exposure.month,
        exposure.person_id,
        exposure.segment_id,
        exposure.kpi_id,
        exposure.first_family,
        max(
            case
                when exposure.subject_type = 'account'
                    then case when coalesce(own.is_covered, common.is_covered, false) then 1 else 0 end
                when exposure.has_accounts = 0 and coalesce(whole.is_covered, false) then 1
                else 0
            end
        ) as is_covered
    from exposure
    left join {{ ref('int_source_coverage') }} as own
        on
            exposure.month = own.month
            and exposure.first_family = own.family
            and exposure.subject_id = own.subject_id
    left join {{ ref('int_source_coverage') }} as common
        on exposure.month = common.month and exposure.first_family = common.family and common.subject_id = ''
    left join {{ ref('int_source_coverage') }} as whole
        on exposure.month = whole.month and exposure.first_family = whole.family and whole.subject_id = '*'
    group by
        exposure.month, exposure.person_id, exposure.segment_id, exposure.kpi_id, exposure.first_family
),

covered as (
    select
        period_months.period_type,
        period_months.period,
        covered_months.person_id,
        covered_months.segment_id,
        covered_months.kpi_id,
        min(covered_months.is_covered) as is_covered,
        min(case when covered_months.is_covered = 0 then covered_months.month end) as first_uncovered,
        min(covered_months.first_family) as family
    from covered_months
    inner join period_months on covered_months.month = period_months.month
    group by
        period_months.period_type,
        period_months.period,
        covered_months.person_id,
        covered_months.segment_id,
        covered_months.kpi_id
),

findings as (
    select
        findings.month,
        findings.family,
        findings.subject_type,
        findings.subject_id,
        findings.guard,
        findings.kpi_scope,
        findings.reason_code,
        findings.reason_params,
        case findings.severity when 'withhold' then 1 else 2 end as severity_rank,
        -- one order over all findings, so that the reason shown is the same on every run
        row_number() over (
            order by
                case findings.severity when 'withhold' then 1 else 2 end,
                findings.month,
                findings.reason_code,
                findings.family,
                findings.subject_type,
                findings.subject_id
        ) as finding_rank
    from {{ ref('data_quality_findings') }} as findings
    inner join (select distinct month from period_months) as months on findings.month = months.month
    where findings.severity in ('withhold', 'provisional')
),

-- which KPIs a finding is about: findings x KPIs, so that people are joined on equal keys only
finding_kpis as (
    select
        findings.month,
        findings.subject_type,
        findings.subject_id,
        findings.finding_rank,
        catalogue.kpi_id,
        -- records that are not there may be anybody's; what is wrong with records that are there is their owners' alone
        findings.guard in ('gap', 'late', 'volume') or findings.reason_code in ('broken_rows', 'truncated_file')
            as is_absence
    from findings
    inner join catalogue
        on
            {{ list_has('catalogue.families', 'findings.family') }}
            and (findings.kpi_scope = '' or {{ list_has('findings.kpi_scope', 'catalogue.kpi_id') }})
),

subject_findings as (
    select
        month,
        subject_type,
        subject_id,
        kpi_id,
        min(finding_rank) as finding_rank,
        min(case when is_absence then finding_rank end) as absence_rank
    from finding_kpis
    where subject_type in ('account', 'person')
    group by month, subject_type, subject_id, kpi_id
),

source_findings as (
    select
        month,
        kpi_id,
        min(case when subject_type = 'family' then finding_rank end) as family_rank,
        -- somebody of whom nothing is known but an identity may have worked in what is missing
        min(case when subject_type = 'family' or is_absence then finding_rank end) as any_rank
    from finding_kpis
    where subject_type in ('family', 'account')
    group by month, kpi_id
),

hits as (
    select
        exposure.month,
        exposure.person_id,
        exposure.segment_id,
        exposure.kpi_id,
        min(
            least(
                coalesce(
                    case exposure.subject_type when 'system_account' then own.absence_rank else own.finding_rank end,
                    2147483647
                ),
                coalesce(personal.finding_rank, 2147483647),
                coalesce(
                    case exposure.has_accounts
                        when 0 then source_findings.any_rank else source_findings.family_rank
                    end,
                    2147483647
                )
            )
        ) as finding_rank
    from exposure
    left join subject_findings as own
        on
            exposure.month = own.month
            and exposure.kpi_id = own.kpi_id
            and case exposure.subject_type when 'system_account' then 'account' else exposure.subject_type end
            = own.subject_type
            and exposure.subject_id = own.subject_id
            and own.subject_type = 'account'
    left join subject_findings as personal
        on
            exposure.month = personal.month
            and exposure.kpi_id = personal.kpi_id
            and exposure.person_id = personal.subject_id
            and personal.subject_type = 'person'
    left join source_findings
        on exposure.month = source_findings.month and exposure.kpi_id = source_findings.kpi_id
    group by exposure.month, exposure.person_id, exposure.segment_id, exposure.kpi_id
),

first_hits as (
    select
        period_months.period_type,
        period_months.period,
        hits.person_id,
        hits.segment_id,
        hits.kpi_id,
        min(hits.finding_rank) as finding_rank
    from hits
    inner join period_months on hits.month = period_months.month
    where hits.finding_rank < 2147483647
    group by period_months.period_type, period_months.period, hits.person_id, hits.segment_id, hits.kpi_id
),

judged as (
    select
        spine.period_type,
        spine.period,
        spine.period_start,
        spine.period_end,
        spine.person_id,
        spine.segment_id,
        spine.kpi_id,
        spine.aggregation,
        coalesce(readings.exact_value, readings.quotient_value) as value,
        readings.numerator,
        readings.denominator,
        coalesce(readings.n_records, 0) as n_records,
        findings.reason_code as finding_code,
        findings.reason_params as finding_params,
        covered.first_uncovered,
        covered.family,
        case
            when covered.kpi_id is null then 'no_responsibility'
            when findings.severity_rank = 1 then 'finding'
            when covered.is_covered = 0 then 'no_data'
            {{ verdict_of_records('readings', 'activities', 'spine.aggregation') }}
            when findings.severity_rank = 2 then 'provisional'
            else ''
        end as verdict
    from spine
    left join readings
        on
            spine.period_type = readings.period_type
            and spine.period = readings.period
            and spine.person_id = readings.person_id
            and spine.segment_id = readings.segment_id
            and spine.kpi_id = readings.kpi_id
    left join readings as activities
        on
            spine.period_type = activities.period_type
            and spine.period = activities.period
            and spine.person_id = activities.person_id
            and spine.segment_id = activities.segment_id
            and spine.activity_kpi_id = activities.kpi_id
    left join covered
        on
            spine.period_type = covered.period_type
            and spine.period = covered.period
            and spine.person_id = covered.person_id
            and spine.segment_id = covered.segment_id
            and spine.kpi_id = covered.kpi_id
    left join first_hits
        on
            spine.period_type = first_hits.period_type
            and spine.period = first_hits.period
            and spine.person_id = first_hits.person_id
            and spine.segment_id = first_hits.segment_id
            and spine.kpi_id = first_hits.kpi_id
    left join findings on first_hits.finding_rank = findings.finding_rank
),

reasoned as (
    select
        judged.*,
        {{ status_of_verdict('verdict') }} as status,
        case when verdict in ('finding', 'provisional') then finding_code else verdict end as reason_code,
        case
            when verdict in ('finding', 'provisional') then finding_params
            when verdict = 'no_data'
                then {{ reason_json([('family', 'family', true), ('month', month_text('first_uncovered'), true)]) }}
            else '{}'
        end as reason_params
    from judged
),

texts as (
    -- rendered once a distinct reason, not once a row
    select
        pairs.reason_code,
        pairs.reason_params,
        {{ render_reason('reasons.text_en', 'pairs.reason_params') }} as status_reason
    from (select distinct reason_code, reason_params from reasoned) as pairs
    left join {{ ref('reason_catalogue') }} as reasons on pairs.reason_code = reasons.reason_code
)

select
    reasoned.period_type,
    reasoned.period,
    reasoned.period_start,
    reasoned.period_end,
    reasoned.person_id,
    reasoned.segment_id,
    reasoned.kpi_id,
    {{ value_of_verdict('reasoned.status', 'reasoned.verdict', 'reasoned.value') }} as value,
    reasoned.numerator,
    reasoned.denominator,
    reasoned.n_records,
    reasoned.status,
    reasoned.reason_code,
    reasoned.reason_params,
    texts.status_reason
from reasoned
inner join texts on reasoned.reason_code = texts.reason_code and reasoned.reason_params = texts.reason_params
