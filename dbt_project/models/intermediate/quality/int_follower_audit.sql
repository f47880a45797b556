{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_run_months() }}"
) }}

-- Verdicts on single followers are right most of the time; whether their number is, is asked here, of all accounts
-- together: an audit is too dear for each. It names nobody and changes no verdict.
with judged as (
    select
        month,
        account_id,
        model_version,
        count(*) as n_judged,
        count(case when verdict = 'spam' then 1 end) as n_flagged
    from {{ ref('fct_follower_quality') }}
    where {{ in_run_months('month') }} and verdict in ('spam', 'clean')
    group by month, account_id, model_version
),

counted as (
    select * from judged

    union all

    select
        month,
        '*' as account_id,
        model_version,
        sum(n_judged) as n_judged,
        sum(n_flagged) as n_flagged
    from judged
    group by month, model_version
),

audited as (
    select
        samples.month,
        count(case when samples.held = 'spam' then 1 end) as n_drawn_flagged,
        count(case when samples.held = 'clean' then 1 end) as n_drawn_clean,
        count(case when samples.held = 'spam' and audit.found is not null then 1 end) as n_seen_flagged,
        count(case when samples.held = 'spam' and audit.found = 'spam' then 1 end) as n_spam_flagged,
        count(case when samples.held = 'clean' and audit.found is not null then 1 end) as n_seen_clean,
        count(case when samples.held = 'clean' and audit.found = 'spam' then 1 end) as n_spam_clean
    from {{ ref('int_label_samples') }} as samples
    left join {{ source('company', 'label_audit') }} as audit
        on
            samples.month = audit.month
            and samples.label = audit.label
            and samples.record_id = audit.record_id
    where samples.label = 'follower' and {{ in_run_months('samples.month') }}
    group by samples.month
),

-- half an audit is none: whoever judges could stop where the number suits
whole_audits as (
    select * from audited
    where n_seen_flagged = n_drawn_flagged and n_seen_clean = n_drawn_clean and n_seen_flagged + n_seen_clean > 0
),

measured as (
    select
        counted.month,
        counted.account_id,
        counted.model_version,
        counted.n_judged,
        counted.n_flagged,
        quality.audited_on as detector_audited_on,
        {{ share_of('counted.n_flagged', 'counted.n_judged') }} as flagged_share,
        cast({{ rogan_gladen_share(
            'counted.n_judged', 'counted.n_flagged', 'quality.se', 'quality.sp'
        ) }} as decimal(9, 6)) as corrected_share,
        cast({{ rogan_gladen_bound(
            'counted.n_judged', 'counted.n_flagged', 'quality.se', 'quality.sp', 'quality.n_se', 'quality.n_sp', '-'
        ) }} as decimal(9, 6)) as corrected_low,
        cast({{ rogan_gladen_bound(
            'counted.n_judged', 'counted.n_flagged', 'quality.se', 'quality.sp', 'quality.n_se', 'quality.n_sp', '+'
        ) }} as decimal(9, 6)) as corrected_high,
        coalesce(audits.n_seen_flagged, 0) as n_seen_flagged,
        coalesce(audits.n_spam_flagged, 0) as n_spam_flagged,
        coalesce(audits.n_seen_clean, 0) as n_seen_clean,
        coalesce(audits.n_spam_clean, 0) as n_spam_clean,
        cast({{ two_phase_share(
            'counted.n_judged', 'counted.n_flagged', 'audits.n_seen_flagged', 'audits.n_spam_flagged',
            'audits.n_seen_clean', 'audits.n_spam_clean'
        ) }} as decimal(9, 6)) as audited_share,
        cast({{ two_phase_bound(
            'counted.n_judged', 'counted.n_flagged', 'audits.n_seen_flagged', 'audits.n_spam_flagged',
            'audits.n_seen_clean', 'audits.n_spam_clean', '-'
        ) }} as decimal(9, 6)) as audited_low,
        cast({{ two_phase_bound(
            'counted.n_judged', 'counted.n_flagged', 'audits.n_seen_flagged', 'audits.n_spam_flagged',
            'audits.n_seen_clean', 'audits.n_spam_clean', '+'
        ) }} as decimal(9, 6)) as audited_high
    from counted
    left join {{ ref('detector_quality') }} as quality on counted.model_version = quality.model_version
    left join whole_audits as audits on counted.month = audits.month and counted.account_id = '*'
)

select
    measured.month,
    measured.account_id,
    measured.model_version,
    measured.n_judged,
    measured.n_flagged,
    measured.detector_audited_on,
    measured.flagged_share,
    measured.corrected_share,
    measured.corrected_low,
    measured.corrected_high,
    measured.n_seen_flagged,
    measured.n_spam_flagged,
    measured.n_seen_clean,
    measured.n_spam_clean,
    case when measured.n_seen_flagged + measured.n_seen_clean > 0 then measured.audited_share end as audited_share,
    case when measured.n_seen_flagged + measured.n_seen_clean > 0 then measured.audited_low end as audited_low,
    case when measured.n_seen_flagged + measured.n_seen_clean > 0 then measured.audited_high end as audited_high,
    case
        when measured.account_id <> '*' then 'counted'
        when
            measured.n_seen_flagged + measured.n_seen_clean > 0
            and greatest(
                abs(measured.audited_share - measured.flagged_share),
                abs(measured.audited_share - coalesce(measured.corrected_share, measured.audited_share))
            ) * 100 > settings.follower_audit_points
            then 'differs'
        when measured.n_seen_flagged + measured.n_seen_clean > 0 then 'agrees'
        when abs(measured.corrected_share - measured.flagged_share) * 100 > settings.follower_audit_points then 'asked'
        else 'plausible'
    end as state
from measured
cross join {{ source('company', 'settings') }} as settings
