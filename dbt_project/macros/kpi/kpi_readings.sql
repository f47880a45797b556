{#
    Value, numerator, denominator and number of records of every KPI per period and person (and, with `by_segment`, per
    assignment segment; and, with `by_community`, per community), from components and exact rows by the KPI's aggregation
    kind, never from monthly results.

    One definition for every grain. The value is rounded once, here. A ratio over nothing and a distribution of nothing
    are NULL. Grain: period_type, period, person_id[, segment_id][, community_id], kpi_id; only where there are records.

    `only_people` names a CTE of (period_type, period, person_id) to which the readings are restricted.
    `by_community` names a CTE of (month, subject_type, subject_id, community_id): records of other subjects are left out.
#}
{% macro kpi_readings(by_segment, only_people=none, by_community=none) -%}
    {%- set grain = 'periods.period_type, periods.period, facts.person_id' ~ (', facts.segment_id' if by_segment)
        ~ (', subjects.community_id' if by_community) -%}
    {%- set keys = ['period_type', 'period', 'person_id'] + (['segment_id'] if by_segment else [])
        + (['community_id'] if by_community else []) -%}
    {%- set key_list = keys | join(', ') -%}
    {%- set narrowed -%}
        {%- if only_people %}
        inner join {{ only_people }} as people
            on
                periods.period_type = people.period_type
                and periods.period = people.period
                and facts.person_id = people.person_id
        {%- endif %}
        {%- if by_community %}
        inner join {{ by_community }} as subjects
            on
                facts.month = subjects.month
                and facts.subject_type = subjects.subject_type
                and facts.subject_id = subjects.subject_id
        {%- endif %}
    {%- endset -%}
    with periods as (
        select period_type, period, period_start, period_end, month from {{ ref('int_kpi_periods') }}
    ),

    catalogue as (
        select kpi_id, aggregation, coalesce(statistic, '') as statistic, coalesce(values_kpi_id, kpi_id) as values_kpi_id
        from {{ ref('kpi_catalogue') }}
    ),

    sums as (
        select
            {{ grain }},
            facts.kpi_id,
            sum(facts.numerator) as numerator,
            sum(facts.denominator) as denominator,
            -- a stock is what the last month of the period ends with, an opening what the first one begins with
            sum(case when periods.period_end = {{ add_months('facts.month', 1) }} then facts.numerator end) as last_numerator,
            sum(case when periods.period_end = {{ add_months('facts.month', 1) }} then facts.denominator end)
                as last_denominator,
            sum(case when periods.period_start = facts.month then facts.denominator end) as first_denominator,
            cast(sum(facts.n_records) as bigint) as n_records
        from {{ ref('fct_kpi_components') }} as facts
        inner join periods on facts.month = periods.month
        {{ narrowed }}
        where facts.person_id <> 'UNASSIGNED'
        group by {{ grain }}, facts.kpi_id
    ),

    exact_rows as (
        select
            {{ grain }},
            facts.kpi_id,
            facts.numbers,
            facts.value_key,
            facts.n_records,
            facts.n_hits
        from {{ ref('fct_kpi_values') }} as facts
        inner join periods on facts.month = periods.month
        {{ narrowed }}
        where facts.person_id <> 'UNASSIGNED'
    ),

    percentiles as (
        select
            {{ key_list }},
            kpi_id,
            {{ percentile_of_sorted('numbers', 50) }} as p50,
            {{ percentile_of_sorted('numbers', 90) }} as p90
        from (
            select {{ key_list }}, kpi_id, {{ merged_lists('numbers') }} as numbers
            from exact_rows
            where numbers is not null
            group by {{ key_list }}, kpi_id
        ) as merged
    ),

    key_counts as (
        select {{ key_list }}, kpi_id, value_key, sum(n_records) as n, sum(n_hits) as n_hits
        from exact_rows
        where value_key is not null
        group by {{ key_list }}, kpi_id, value_key
    ),

    key_totals as (
        select
            {{ key_list }},
            kpi_id,
            count(*) as n_keys,
            sum(n) as n,
            count(case when n_hits > 0 then 1 end) as n_hit_keys,
            count(case when n > 1 then 1 end) as n_repeated_keys
        from key_counts
        group by {{ key_list }}, kpi_id
    ),

    entropies as (
        select
            {% for key in keys %}key_counts.{{ key }}, {% endfor %}
            key_counts.kpi_id,
            -- summed as decimals: a sum of doubles would depend on the order of the rows
            sum(
                cast(
                    -(cast(key_counts.n as double) / key_totals.n) * ln(cast(key_counts.n as double) / key_totals.n)
                    as decimal(38, 15)
                )
            ) as entropy
        from key_counts
        inner join key_totals
            on {% for key in keys %}key_counts.{{ key }} = key_totals.{{ key }} and {% endfor %}
            key_counts.kpi_id = key_totals.kpi_id
        inner join catalogue
            on key_counts.kpi_id = catalogue.kpi_id and catalogue.statistic = 'entropy'
        group by {% for key in keys %}key_counts.{{ key }}, {% endfor %}key_counts.kpi_id
    ),

    counted as (
        -- what is divided by what, by the kind of the KPI
        select
            {% for key in keys %}sums.{{ key }},
            {% endfor %}sums.kpi_id,
            catalogue.aggregation,
            catalogue.statistic,
            key_totals.n_keys,
            case catalogue.statistic when 'p50' then percentiles.p50 when 'p90' then percentiles.p90 end as percentile,
            entropies.entropy,
            case
                when catalogue.aggregation = 'stock_end' then sums.last_numerator
                when catalogue.statistic = 'hit_share' then key_totals.n_hit_keys
                when catalogue.statistic = 'repeat_share' then key_totals.n_repeated_keys
                else sums.numerator
            end as numerator,
            case
                when catalogue.aggregation = 'stock_end' then sums.last_denominator
                when catalogue.statistic = 'opening' then sums.first_denominator
                when catalogue.statistic in ('hit_share', 'repeat_share') then key_totals.n_keys
                else sums.denominator
            end as denominator,
            sums.n_records
        from sums
        inner join catalogue on sums.kpi_id = catalogue.kpi_id
        left join percentiles
            on {% for key in keys %}sums.{{ key }} = percentiles.{{ key }} and {% endfor %}
            catalogue.values_kpi_id = percentiles.kpi_id
        left join key_totals
            on {% for key in keys %}sums.{{ key }} = key_totals.{{ key }} and {% endfor %}
            catalogue.values_kpi_id = key_totals.kpi_id
        left join entropies
            on {% for key in keys %}sums.{{ key }} = entropies.{{ key }} and {% endfor %}
            catalogue.values_kpi_id = entropies.kpi_id
    )

    select
        {% for key in keys %}counted.{{ key }},
        {% endfor %}counted.kpi_id,
        cast(
            case
                when counted.aggregation = 'sum' then counted.numerator
                when counted.aggregation = 'stock_end' and counted.denominator is null then counted.numerator
                when counted.aggregation = 'distinct' then counted.n_keys
            end as decimal(38, 12)
        ) as exact_value,
        cast(
            case
                when
                    counted.aggregation in ('ratio_of_sums', 'stock_end')
                    or counted.statistic in ('hit_share', 'repeat_share')
                    then counted.numerator / nullif(cast(counted.denominator as double), 0)
                when counted.statistic in ('p50', 'p90') then counted.percentile
                when counted.statistic = 'entropy' then counted.entropy / nullif(ln(settings.n_formats), 0)
            end as decimal(38, 12)
        ) as quotient_value,
        cast(counted.numerator as decimal(38, 12)) as numerator,
        cast(counted.denominator as decimal(38, 12)) as denominator,
        counted.n_records
    from counted
    cross join {{ source('company', 'settings') }} as settings
{%- endmacro %}
