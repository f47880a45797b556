-- What people judged, one row a score: the arithmetic of the KPIs that come from the review files, who of a role was
-- not judged, and what may not be shown. A review stands in the last month of its period, with the segment of its last
-- day.
with run_months as (
    select distinct month, {{ add_months('month', 1) }} as month_end from {{ source('control', 'run_months') }}
),

reviews as (
    select reviews.*, run_months.month_end
    from {{ source('company', 'reviews') }} as reviews
    inner join run_months on reviews.month = run_months.month
),

-- who answers for an account on the last day of a month
answering as (
    select
        assignments.subject_id as account_id,
        run_months.month_end,
        assignments.person_id,
        assignments.share
    from {{ source('company', 'assignments') }} as assignments
    inner join run_months
        on
            assignments.valid_from < run_months.month_end
            and {{ open_end('assignments.valid_to') }} >= run_months.month_end
    where assignments.subject_type = 'account' and assignments.share > 0
),

assigned as (
    select
        account_id,
        month_end,
        sum(share) as share
    from answering
    group by account_id, month_end
),

rater_groups as (
    select
        ratings.period,
        ratings.period_from,
        ratings.month,
        ratings.person_id,
        ratings.item || '_360' as kpi_id,
        ratings.rater_group,
        count(distinct ratings.rater_key) >= {{ setting('min_raters_360') }} as is_shown,
        cast(sum(ratings.score) as decimal(38, 10)) as total,
        count(*) as n,
        min(ratings._content_id) as _content_id
    from {{ source('company', 'ratings_360') }} as ratings
    inner join run_months on ratings.month = run_months.month
    group by
        ratings.period, ratings.period_from, ratings.month, ratings.person_id, ratings.item, ratings.rater_group
),

pairs as (
    select
        ratings.period,
        ratings.period_from,
        ratings.month,
        ratings.person_id,
        ratings.item,
        avg(case when ratings.track = 'self' then ratings.score end) as own_score,
        avg(case when ratings.track = 'manager' then ratings.score end) as manager_score,
        -- the row of the manager, else of the person
        min_by(
            struct_pack(content_id := ratings._content_id, row_no := ratings._row_no),
            (ratings.track, ratings._content_id, ratings._row_no)
        ) as origin
    from {{ source('company', 'paired_ratings') }} as ratings
    inner join run_months on ratings.month = run_months.month
    group by ratings.period, ratings.period_from, ratings.month, ratings.person_id, ratings.item
),

key_results as (
    select
        key_results.*,
        (key_results.current_value - key_results.start_value)
        / case key_results.unit
            when 'absolute' then cast(key_results.target_value - key_results.start_value as double)
            when 'rel_pct' then cast(key_results.start_value as double) * key_results.target_value / 100
            else cast(key_results.target_value as double)
        end as attainment
    from {{ source('company', 'key_results') }} as key_results
    inner join run_months on key_results.month = run_months.month
),

objectives as (
    select
        period,
        period_from,
        month,
        person_id,
        objective_id,
        -- a key result counts from 0 to 1: a tenfold one does not hide one that failed
        cast(
            sum(weight * cast(least(greatest(attainment, 0), 1) as decimal(18, 16))) / cast(sum(weight) as double)
            as decimal(38, 12)
        ) as score,
        count(*) = count(attainment) as is_known,
        min(_content_id) as _content_id,
        min(_row_no) as _row_no
    from key_results
    group by period, period_from, month, person_id, objective_id
),

scored as (
    select
        family,
        kpi_id,
        expects,
        period,
        period_from,
        month,
        person_id,
        record_id,
        cast(score * weight as decimal(38, 12)) as numerator,
        cast(weight as decimal(38, 12)) as denominator,
        'counted' as state,
        _content_id,
        _row_no
    from reviews
    where person_id <> ''

    union all

    -- the brand of a team, or of the company, is everybody's in it; an account's score is that of who answers for it
    select
        reviews.family,
        reviews.kpi_id,
        reviews.expects,
        reviews.period,
        reviews.period_from,
        reviews.month,
        segments.person_id,
        reviews.record_id,
        reviews.score * reviews.weight,
        reviews.weight,
        'counted',
        reviews._content_id,
        reviews._row_no
    from reviews
    inner join {{ source('company', 'segments') }} as segments
        on
            segments.valid_from < reviews.month_end
            and {{ open_end('segments.valid_to') }} >= reviews.month_end
            and reviews.team_id in ('', segments.team_id)
    where reviews.person_id = '' and reviews.account_id = ''

    union all

    select
        reviews.family,
        reviews.kpi_id,
        reviews.expects,
        reviews.period,
        reviews.period_from,
        reviews.month,
        answering.person_id,
        reviews.record_id,
        reviews.score * answering.share,
        answering.share,
        'counted',
        reviews._content_id,
        reviews._row_no
    from reviews
    inner join answering on reviews.account_id = answering.account_id and reviews.month_end = answering.month_end

    union all

    -- what nobody answers for is shown as nobody's
    select
        reviews.family,
        reviews.kpi_id,
        reviews.expects,
        reviews.period,
        reviews.period_from,
        reviews.month,
        'UNASSIGNED',
        reviews.record_id,
        reviews.score * (1 - coalesce(assigned.share, 0)),
        1 - coalesce(assigned.share, 0),
        'counted',
        reviews._content_id,
        reviews._row_no
    from reviews
    left join assigned on reviews.account_id = assigned.account_id and reviews.month_end = assigned.month_end
    where reviews.account_id <> '' and coalesce(assigned.share, 0) < 1

    union all

    -- no row of the file: it would lead to who rated
    select
        'ratings_360',
        kpi_id,
        'role',
        period,
        period_from,
        month,
        person_id,
        kpi_id || '|' || period || '|' || person_id || '|' || rater_group,
        case when is_shown then cast(total / cast(n as double) as decimal(38, 12)) end,
        case when is_shown then 1 end,
        case when is_shown then 'counted' else 'suppressed' end,
        _content_id,
        null
    from rater_groups

    union all

    select
        'self_manager_ratings',
        'self_manager_gap',
        'role',
        period,
        period_from,
        month,
        person_id,
        'self_manager_gap|' || period || '|' || person_id || '|' || item,
        cast(abs(own_score - manager_score) as decimal(38, 12)),
        case when own_score is not null and manager_score is not null then 1 end,
        case when own_score is not null and manager_score is not null then 'counted' else 'incomplete' end,
        origin.content_id,
        origin.row_no
    from pairs

    union all

    select
        'okr',
        'kr_attainment',
        'role',
        period,
        period_from,
        month,
        person_id,
        'kr_attainment|' || period || '|' || person_id || '|' || kr_id,
        cast(attainment * weight as decimal(38, 12)),
        case when attainment is not null then weight end,
        case when attainment is not null then 'counted' else 'incomplete' end,
        _content_id,
        _row_no
    from key_results

    union all

    select
        'okr',
        'objective_score',
        'role',
        period,
        period_from,
        month,
        person_id,
        'objective_score|' || period || '|' || person_id || '|' || objective_id,
        case when is_known then score end,
        case when is_known then 1 end,
        case when is_known then 'counted' else 'incomplete' end,
        _content_id,
        _row_no
    from objectives
),

windows as (
    select distinct period_from, month, {{ add_months('month', 1) }} as month_end from scored
),

-- the segment of everybody on the last day of a period; of who left before it, the last one in the period
holders as (
    select
        windows.period_from,
        windows.month,
        segments.person_id,
        max_by(segments.segment_id, segments.valid_from) as segment_id,
        max_by(segments.role, segments.valid_from) as role,
        count(distinct segments.role) = 1 as has_one_role
    from windows
    inner join {{ source('company', 'segments') }} as segments
        on
            segments.valid_from < windows.month_end
            and {{ open_end('segments.valid_to') }} > windows.period_from
    group by windows.period_from, windows.month, segments.person_id
),

-- of whom one was to be expected: the role was reviewed for this very period
expected as (
    select distinct
        scored.family,
        scored.kpi_id,
        scored.expects,
        scored.period,
        scored.period_from,
        scored.month,
        colleagues.person_id
    from scored
    inner join holders
        on
            scored.period_from = holders.period_from
            and scored.month = holders.month
            and scored.person_id = holders.person_id
            -- who changed the role may have been judged for the former one
            and holders.has_one_role
    inner join holders as colleagues
        on
            holders.period_from = colleagues.period_from
            and holders.month = colleagues.month
            and holders.role = colleagues.role
    where scored.expects in ('role', 'zero')
),

judged as (
    select * from scored

    union all

    select
        expected.family,
        expected.kpi_id,
        expected.expects,
        expected.period,
        expected.period_from,
        expected.month,
        expected.person_id,
        expected.kpi_id || '|' || expected.period || '|' || expected.person_id as record_id,
        null as numerator,
        null as denominator,
        case expected.expects when 'role' then 'missing' else 'none' end as state,
        '' as _content_id,
        null as _row_no
    from expected
    left join scored
        on
            expected.kpi_id = scored.kpi_id
            and expected.period = scored.period
            and expected.person_id = scored.person_id
    where scored.person_id is null
)

select
    judged.month,
    coalesce(holders.person_id, 'UNASSIGNED') as person_id,
    coalesce(holders.segment_id, '') as segment_id,
    judged.family,
    judged.kpi_id,
    judged.period,
    judged.record_id,
    cast(judged.numerator as decimal(38, 12)) as numerator,
    cast(judged.denominator as decimal(38, 12)) as denominator,
    judged.state,
    judged._content_id,
    cast(judged._row_no as integer) as _row_no
from judged
left join holders
    on
        judged.period_from = holders.period_from
        and judged.month = holders.month
        and judged.person_id = holders.person_id
