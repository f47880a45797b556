{{ config(materialized='ephemeral') }}

-- A switch of unit, currency or scale between files: the usual record of a file against that of the other files in
-- the months before. Usual is the median over days of the mean record, so that a viral post or a big order, which lift
-- some days, change little, while a switch (cents for yuan, thousands for ones, per cent for fractions) moves each.
with days as (
    select
        profile.run_month as month,
        profile.family,
        profile.spec_id,
        coalesce(profile.subject_id, '') as subject_id,
        profile.content_id,
        profile.day,
        profile.is_of_month,
        cast(profile.total as double) / profile.n_keys as per_record
    from {{ month_profiles(n_before=6) }} as profile
    where profile.total > 0 and profile.n_keys > 0
),

files as (
    select
        month,
        family,
        spec_id,
        subject_id,
        content_id,
        count(*) as n_days,
        {{ percentile('per_record', 0.5) }} as usual
    from days
    where is_of_month
    group by month, family, spec_id, subject_id, content_id
),

-- against the months before alone, so that of two files of a month the one that switched is named
others as (
    select
        files.month,
        files.family,
        files.spec_id,
        files.subject_id,
        files.content_id,
        count(*) as n_days,
        {{ percentile('days.per_record', 0.5) }} as usual
    from files
    inner join days
        on
            files.month = days.month
            and files.spec_id = days.spec_id
            and files.subject_id = days.subject_id
            and files.content_id <> days.content_id
            and not days.is_of_month
    group by files.month, files.family, files.spec_id, files.subject_id, files.content_id
),

switched as (
    select
        files.month,
        files.family,
        files.subject_id,
        files.n_days,
        files.usual,
        others.usual as baseline,
        row_number() over (
            partition by files.month, files.family, files.subject_id order by files.n_days desc, files.content_id asc
        ) as place,
        sum(files.n_days) over (partition by files.month, files.family, files.subject_id) as n_all
    from files
    inner join others
        on
            files.month = others.month
            and files.spec_id = others.spec_id
            and files.subject_id = others.subject_id
            and files.content_id = others.content_id
    where
        -- fewer days say nothing of what is usual
        files.n_days >= 5
        and others.n_days >= 20
        and (
            files.usual > {{ setting('scale_change_factor') }} * others.usual
            or files.usual * {{ setting('scale_change_factor') }} < others.usual
        )
)

select
    month,
    family,
    case subject_id when '' then 'family' else 'account' end as subject_type,
    case subject_id when '' then family else subject_id end as subject_id,
    'scale' as guard,
    'withhold' as severity,
    '' as kpi_scope,
    'scale_switch' as reason_code,
    {{ reason_json([
        ('baseline', 'cast(baseline as decimal(18, 4))', false),
        ('days', 'n_days', false),
        ('family', 'family', true),
        ('n', 'cast(usual as decimal(18, 4))', false),
        ('subject', 'subject_id', true),
    ]) }} as reason_params,
    cast(n_all as bigint) as n,
    cast(n_all as bigint) as n_lost
from switched
where place = 1
