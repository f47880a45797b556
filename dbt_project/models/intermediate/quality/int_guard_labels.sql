{{ config(materialized='ephemeral') }}

-- What people found when they judged labels. Tools that label comments have an agreed accuracy of their own: nobody
-- expects of them what is expected of a flag that somebody set.
with judged as (
    select
        checks.month,
        checks.family,
        checks.kpi_scope,
        checks.n_units,
        checks.n_passed,
        {{ share_of('checks.n_passed', 'checks.n_units') }} as accuracy,
        {{ wilson_bound('checks.n_passed', 'checks.n_units', '-') }} as low,
        {{ wilson_bound('checks.n_passed', 'checks.n_units', '+') }} as high,
        case checks.check_id when 'sentiment' then settings.sentiment_min_accuracy else settings.quality_bar end
            as floor
    from {{ ref('int_quality_checks') }} as checks
    cross join {{ source('company', 'settings') }} as settings
    where checks.validation = 'labels' and {{ in_run_months('checks.month') }}
),

strays as (
    select
        audit.month,
        audit.family,
        count(*) as n
    from {{ source('company', 'label_audit') }} as audit
    left join {{ ref('int_label_samples') }} as samples
        on
            audit.month = samples.month
            and audit.label = samples.label
            and audit.record_id = samples.record_id
    where samples.record_id is null and {{ in_run_months('audit.month') }}
    group by audit.month, audit.family
)

select
    month,
    family,
    'family' as subject_type,
    family as subject_id,
    'labels' as guard,
    -- even the upper end is below: no further sample would lift it; else more labels have to be judged
    case when high < floor then 'withhold' else 'provisional' end as severity,
    kpi_scope,
    case when high < floor then 'labels_below_bar' else 'labels_uncertain' end as reason_code,
    {{ reason_json([
        ('family', 'family', true),
        ('floor', percent_text('floor', '1'), true),
        ('high', percent_text('high', '1'), true),
        ('low', percent_text('low', '1'), true),
        ('share', percent_text('accuracy', '1'), true),
        ('total', 'n_units', false),
    ]) }} as reason_params,
    n_units - n_passed as n,
    n_units - n_passed as n_lost
from judged
where accuracy < floor

union all

select
    month,
    family,
    'family' as subject_type,
    family as subject_id,
    'labels' as guard,
    'note' as severity,
    '' as kpi_scope,
    'label_audit_stray' as reason_code,
    {{ reason_json([('month', month_text('month'), true), ('n', 'n', false)]) }} as reason_params,
    cast(n as bigint) as n,
    cast(0 as bigint) as n_lost
from strays
