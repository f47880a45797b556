{#
    Value, numerator, denominator and number of records of every KPI per period and person (and, with `segment`, per
    assignment segment), from components and exact rows by the KPI's aggregation kind, never from monthly results.

    One definition for both grains. The value is rounded once, here. A ratio over nothing and a distribution of
    nothing are NULL. Grain: period_type, period, person_id[, segment_id], kpi_id; only where there are records.

    `only_people` names a CTE of (period_type, period, person_id) to which the readings are restricted.
#}
{% macro kpi_readings(by_segment, only_people=none) -%}
    {%- set grain = 'periods.period_type, periods.period, facts.person_id' ~ (', facts.segment_id' if by_segment) -%}
    {%- set keys = ['period_type', 'period', 'person_id'] + (['segment_id'] if by_segment else []) -%}
    {%- set key_list = keys | join(', ') -%}
    with periods as (
        select period_type, period, period_end, month from {{ ref('int_kpi_periods') }}
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
            -- a stock is what the last month of the period ends with
            sum(case when periods.period_end = {{ add_months('facts.month', 1) }} then facts.numerator end) as last_numerator,
            cast(sum(facts.n_records) as bigint) as n_records
        from {{ ref('fct_kpi_components') }} as facts
        inner join periods on facts.month = periods.month
        {%- if only_people %}
        inner join {{ only_people }} as people
            on
                periods.period_type = people.period_type
                and periods.period = people.period
                and facts.person_id = people.person_id
        {%- endif %}
        where facts.person_id <> 'UNASSIGNED'
        group by {{ grain }}, facts.kpi_id
    ),

    exact_rows as (
        select
            {{ grain }},
            facts.kpi_id,
            facts.numbers,
            facts.value_key,
            facts.n_records
        from {{ ref('fct_kpi_values') }} as facts
        inner join periods on facts.month = periods.month
        {%- if only_people %}
        inner join {{ only_people }} as people
            on
                periods.period_type = people.period_type
                and periods.period = people.period
                and facts.person_id = people.person_id
        {%- endif %}
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
        select {{ key_list }}, kpi_id, value_key, sum(n_records) as n
        from exact_rows
        where value_key is not null
        group by {{ key_list }}, kpi_id, value_key
    ),

    key_totals as (
        select {{ key_list }}, kpi_id, count(*) as n_keys, sum(n) as n
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
    )

    select
        {% for key in keys %}sums.{{ key }},
        {% endfor %}sums.kpi_id,
        cast(
            case catalogue.aggregation
                when 'sum' then sums.numerator
                when 'stock_end' then sums.last_numerator
                when 'distinct' then key_totals.n_keys
            end as decimal(38, 12)
        ) as exact_value,
        cast(
            case
                when catalogue.aggregation = 'ratio_of_sums'
                    then sums.numerator / nullif(cast(sums.denominator as double), 0)
                when catalogue.statistic = 'p50' then percentiles.p50
                when catalogue.statistic = 'p90' then percentiles.p90
                when catalogue.statistic = 'entropy' then entropies.entropy / nullif(ln(settings.n_formats), 0)
            end as decimal(38, 12)
        ) as quotient_value,
        cast(sums.numerator as decimal(38, 12)) as numerator,
        cast(sums.denominator as decimal(38, 12)) as denominator,
        sums.n_records
    from sums
    inner join catalogue on sums.kpi_id = catalogue.kpi_id
    cross join {{ source('company', 'settings') }} as settings
    left join percentiles
        on {% for key in keys %}sums.{{ key }} = percentiles.{{ key }} and {% endfor %}
        catalogue.values_kpi_id = percentiles.kpi_id
    left join key_totals
        on {% for key in keys %}sums.{{ key }} = key_totals.{{ key }} and {% endfor %}
        catalogue.values_kpi_id = key_totals.kpi_id
    left join entropies
        on {% for key in keys %}sums.{{ key }} = entropies.{{ key }} and {% endfor %}
        catalogue.values_kpi_id = entropies.kpi_id
{%- endmacro %}
