-- The communities of a segment make up its additive KPIs and the two sides of its ratios, but for what groups without a
-- community did: never more, and the whole of it where every group has one. Distinct members are not added up, because
-- one of two communities is one of the segment. Held whatever the status, since withheld rows keep their sums.
{{ config(meta={'dagster': {'ref': {'name': 'int_community_kpi'}}, 'rows_only_with': 'communities'}) }}

with periods as (
    select period_type, period, period_start, period_end, month from {{ ref('int_kpi_periods') }}
),

additive as (
    select kpi_id, aggregation, coalesce(statistic, '') as statistic
    from {{ ref('kpi_catalogue') }}
    where {{ counted_by_community('subject_types') }} and aggregation in ('sum', 'ratio_of_sums', 'stock_end')
),

-- straight from the company's own tables, not from the relation that the model reads
housed as (
    select distinct periods.month, 'group' as subject_type, community_groups.group_id as subject_id
    from periods
    inner join {{ source('company', 'community_groups') }} as community_groups
        on
            community_groups.valid_from < {{ add_months('periods.month', 1) }}
            and {{ open_end('community_groups.valid_to') }} > periods.month

    union all

    select distinct periods.month, 'community', communities.community_id
    from periods
    inner join {{ source('company', 'communities') }} as communities
        on
            communities.valid_from < {{ add_months('periods.month', 1) }}
            and {{ open_end('communities.valid_to') }} > periods.month
),

components as (
    select
        periods.period_type,
        periods.period,
        components.person_id,
        components.segment_id,
        components.kpi_id,
        case
            when additive.aggregation = 'stock_end' and periods.period_end <> {{ add_months('components.month', 1) }}
                then null
            else components.numerator
        end as numerator,
        case
            when additive.aggregation = 'stock_end' and periods.period_end <> {{ add_months('components.month', 1) }}
                then null
            when additive.statistic = 'opening' and periods.period_start <> components.month then null
            else components.denominator
        end as denominator,
        components.n_records,
        components.subject_type not in ('group', 'community') as is_foreign,
        housed.month is not null as has_community
    from {{ ref('fct_kpi_components') }} as components
    inner join additive on components.kpi_id = additive.kpi_id
    inner join periods on components.month = periods.month
    left join housed
        on
            components.month = housed.month
            and components.subject_type = housed.subject_type
            and components.subject_id = housed.subject_id
    where components.person_id <> 'UNASSIGNED'
),

expected as (
    select
        period_type,
        period,
        person_id,
        segment_id,
        kpi_id,
        coalesce(sum(case when has_community then numerator end), 0) as numerator,
        coalesce(sum(case when has_community then denominator end), 0) as denominator,
        coalesce(sum(case when has_community then n_records end), 0) as n_records,
        count(case when not has_community then 1 end) as n_without,
        count(case when is_foreign then 1 end) as n_foreign
    from components
    group by period_type, period, person_id, segment_id, kpi_id
),

found as (
    select
        community_kpi.period_type,
        community_kpi.period,
        community_kpi.person_id,
        community_kpi.segment_id,
        community_kpi.kpi_id,
        coalesce(sum(community_kpi.numerator), 0) as numerator,
        coalesce(sum(community_kpi.denominator), 0) as denominator,
        sum(community_kpi.n_records) as n_records,
        sum(case when additive.aggregation = 'sum' then community_kpi.value end) as value,
        count(case when additive.aggregation = 'sum' and community_kpi.value is null then 1 end) as n_unknown
    from {{ ref('int_community_kpi') }} as community_kpi
    inner join additive on community_kpi.kpi_id = additive.kpi_id
    inner join (select distinct period_type, period from periods) as due
        on community_kpi.period_type = due.period_type and community_kpi.period = due.period
    group by
        community_kpi.period_type,
        community_kpi.period,
        community_kpi.person_id,
        community_kpi.segment_id,
        community_kpi.kpi_id
)

select
    segment_kpi.period,
    segment_kpi.person_id,
    segment_kpi.segment_id,
    segment_kpi.kpi_id,
    expected.numerator as expected_numerator,
    found.numerator,
    expected.denominator as expected_denominator,
    found.denominator,
    expected.n_records as expected_records,
    found.n_records,
    segment_kpi.value as segment_value,
    found.value
from {{ ref('int_segment_kpi') }} as segment_kpi
left join expected
    on
        segment_kpi.period_type = expected.period_type
        and segment_kpi.period = expected.period
        and segment_kpi.person_id = expected.person_id
        and segment_kpi.segment_id = expected.segment_id
        and segment_kpi.kpi_id = expected.kpi_id
left join found
    on
        segment_kpi.period_type = found.period_type
        and segment_kpi.period = found.period
        and segment_kpi.person_id = found.person_id
        and segment_kpi.segment_id = found.segment_id
        and segment_kpi.kpi_id = found.kpi_id
where
    (expected.kpi_id is not null or found.kpi_id is not null)
    and (
        coalesce(expected.numerator, 0) <> coalesce(found.numerator, 0)
        or coalesce(expected.denominator, 0) <> coalesce(found.denominator, 0)
        or coalesce(expected.n_records, 0) <> coalesce(found.n_records, 0)
        or coalesce(found.n_records, 0) > segment_kpi.n_records
        -- the catalogue says that such records are of groups and communities alone: others would be in no part
        or expected.n_foreign > 0
        -- what every community tells is what the segment tells, unless a group of none tells more
        or (
            coalesce(expected.n_without, 0) = 0
            and found.n_unknown = 0
            and segment_kpi.value <> found.value
        )
    )
