{# Engine-specific time functions. Everything here has one meaning on every engine; only the spelling differs. #}

{# A UTC timestamp as wall-clock time of a zone (an SQL expression, best a literal). #}
{% macro to_local(utc_timestamp, zone) -%}
    {{ return(adapter.dispatch('to_local')(utc_timestamp, zone)) }}
{%- endmacro %}
{% macro duckdb__to_local(utc_timestamp, zone) -%}
    {#- through microseconds, because a second trip through the zone tables would cost as much as the first -#}
    {%- set converted = 'timezone(' ~ zone ~ ', make_timestamptz(epoch_us(' ~ utc_timestamp ~ ')))' -%}
    {%- set spans = zone_spans(zone) -%}
    {%- if spans -%}
    case
        {%- for span in spans %}
        when {{ utc_timestamp }} >= timestamp '{{ span[0] }}' and {{ utc_timestamp }} < timestamp '{{ span[1] }}'
            then make_timestamp(epoch_us({{ utc_timestamp }}) + ({{ span[2] }}))
        {%- endfor %}
        else {{ converted }}
    end
    {%- else -%}
    {{ converted }}
    {%- endif -%}
{%- endmacro %}

{#
    Spans of time around the months of the run in which a zone keeps one distance from UTC: (from, to, microseconds), in
    UTC. Inside them an addition replaces the zone tables, which take twenty times as long; the day of a change
    and everything outside go through the tables. Empty where the zone is no literal, and while dbt parses.
#}
{% macro zone_spans(zone) -%}
    {%- set spans = [] -%}
    {%- if execute and zone.startswith("'") -%}
        {%- set answer = run_query(
            "with days as (
                select unnest(range(
                    (select min(month) from control.run_months) - interval '12' month,
                    (select max(month) from control.run_months) + interval '4' month,
                    interval '1' day
                )) as day
            ),
            offsets as (
                select day, epoch_us(timezone(" ~ zone ~ ", make_timestamptz(epoch_us(day)))) - epoch_us(day) as shift
                from days
            ),
            whole_days as (
                select day, shift, lead(shift) over (order by day) as next_shift from offsets
            ),
            islands as (
                select day, shift, day - to_days(row_number() over (partition by shift order by day)::integer) as island
                from whole_days
                where shift = next_shift
            )
            select min(day)::varchar, (max(day) + interval '1' day)::varchar, shift
            from islands group by island, shift order by 1"
        ) -%}
        {%- for row in answer.rows -%}{%- do spans.append((row[0], row[1], row[2] | int)) -%}{%- endfor -%}
    {%- endif -%}
    {{ return(spans) }}
{%- endmacro %}

{# Wall-clock time of a zone as a UTC timestamp. #}
{% macro to_utc(local_timestamp, zone) -%}
    {{ return(adapter.dispatch('to_utc')(local_timestamp, zone)) }}
{%- endmacro %}
{% macro duckdb__to_utc(local_timestamp, zone) -%}
    make_timestamp(epoch_us(timezone({{ zone }}, {{ local_timestamp }})))
{%- endmacro %}

{# The same for columns of millions of rows, where the zone is a literal. #}
{% macro duckdb__column_to_utc(local_timestamp, zone) -%}
    {%- set converted = duckdb__to_utc(local_timestamp, zone) -%}
    {%- set spans = zone_spans(zone) -%}
    {%- if spans -%}
    case
        {#- a day inside the span on both sides: however far the zone is from UTC, no change is near -#}
        {%- for span in spans %}
        when
            {{ local_timestamp }} >= timestamp '{{ span[0] }}' + interval '1' day
            and {{ local_timestamp }} < timestamp '{{ span[1] }}' - interval '1' day
            then make_timestamp(epoch_us({{ local_timestamp }}) - ({{ span[2] }}))
        {%- endfor %}
        else {{ converted }}
    end
    {%- else -%}
    {{ converted }}
    {%- endif -%}
{%- endmacro %}

{# Local midnight of a date as a UTC timestamp. #}
{% macro midnight_utc(day, zone) -%}
    {{ to_utc('cast(' ~ day ~ ' as timestamp)', zone) }}
{%- endmacro %}

{# The local month (DATE, its first day) of a UTC timestamp. #}
{% macro local_month(utc_timestamp, zone) -%}
    {{ return(adapter.dispatch('local_month')(utc_timestamp, zone)) }}
{%- endmacro %}
{% macro duckdb__local_month(utc_timestamp, zone) -%}
    cast(date_trunc('month', {{ to_local(utc_timestamp, zone) }}) as date)
{%- endmacro %}

{# The local date of a UTC timestamp. #}
{% macro local_date(utc_timestamp, zone) -%}
    cast({{ to_local(utc_timestamp, zone) }} as date)
{%- endmacro %}

{# First day of the month of a date. #}
{% macro month_of(day) -%}
    cast(date_trunc('month', {{ day }}) as date)
{%- endmacro %}

{#
    The UTC timestamp of a landing text such as `2026-10-03 12:00:00`, `2026-10-03 12:00:00 +0800` or
    `2026-10-03T12:00:00Z`. A stated offset wins; otherwise the text is wall-clock time of the file's zone.
    The branches keep the common cases (UTC, company zone) away from the slow conversion with a zone per row.
    `typed` names a column that is the text as a timestamp already, where there are millions of rows: the branches would
    each read the text again.
#}
{% macro parse_timestamp(text_column, zone_column, typed=none) -%}
    {{ return(adapter.dispatch('parse_timestamp')(text_column, zone_column, typed)) }}
{%- endmacro %}
{% macro duckdb__parse_timestamp(text_column, zone_column, typed) -%}
    {%- set typed = typed or 'try_cast(' ~ text_column ~ ' as timestamp)' -%}
    case
        -- `2026-10-03 12:00:00` has no room for an offset: the common case goes without the regular expressions
        when strlen({{ text_column }}) > 19 and regexp_matches(substr({{ text_column }}, 17), '[-+Zz]')
            then make_timestamp(epoch_us(coalesce(
                try_cast({{ text_column }} as timestamp with time zone),
                -- a space before the offset is the seldom way to write it
                try_cast(regexp_replace({{ text_column }}, '\s+([-+Zz])', '\1') as timestamp with time zone)
            )))
        when coalesce({{ zone_column }}, 'UTC') = 'UTC' then {{ typed }}
        when {{ zone_column }} = {{ company_timezone() }}
            then {{ duckdb__column_to_utc(typed, company_timezone()) }}
        else {{ to_utc(typed, zone_column) }}
    end
{%- endmacro %}

{# Whole seconds from one timestamp to another (microseconds cut off). #}
{% macro seconds_between(from_timestamp, to_timestamp) -%}
    {{ return(adapter.dispatch('seconds_between')(from_timestamp, to_timestamp)) }}
{%- endmacro %}
{% macro duckdb__seconds_between(from_timestamp, to_timestamp) -%}
    ((epoch_us({{ to_timestamp }}) - epoch_us({{ from_timestamp }})) // 1000000)
{%- endmacro %}

{# The creation time that an X post id carries: milliseconds since 2010-11-04 in its upper bits. #}
{% macro snowflake_timestamp(post_id) -%}
    {{ return(adapter.dispatch('snowflake_timestamp')(post_id)) }}
{%- endmacro %}
{% macro duckdb__snowflake_timestamp(post_id) -%}
    {# ids below 2^35 were given before November 2010 and carry no time #}
    case
        when try_cast({{ post_id }} as bigint) >= 34359738368
            then make_timestamp(((try_cast({{ post_id }} as bigint) >> 22) + 1288834974657) * 1000)
    end
{%- endmacro %}

{# Seconds since midnight of a wall-clock time. #}
{% macro second_of_day(local_timestamp) -%}
    {{ return(adapter.dispatch('second_of_day')(local_timestamp)) }}
{%- endmacro %}
{% macro duckdb__second_of_day(local_timestamp) -%}
    ((epoch_us({{ local_timestamp }}) // 1000000) % 86400)
{%- endmacro %}

{# A timestamp some (decimal) minutes later. #}
{% macro add_minutes(timestamp_column, minutes) -%}
    {{ return(adapter.dispatch('add_minutes')(timestamp_column, minutes)) }}
{%- endmacro %}
{% macro duckdb__add_minutes(timestamp_column, minutes) -%}
    {{ timestamp_column }} + to_microseconds(cast(round({{ minutes }} * 60000000) as bigint))
{%- endmacro %}
