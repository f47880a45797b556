{#
    Business seconds passed since the calendar began, up to a local wall-clock time: a clock that runs in business
    hours only. The business seconds between two times are the difference of two readings, so no row is ever walked
    day by day.

    Args:
        local_timestamp: wall-clock time in the company's zone.
        day: alias under which int_business_days is joined on the local date of that time.
#}
{% macro business_clock(local_timestamp, day) -%}
    {{ day }}.seconds_before
    + least(greatest({{ second_of_day(local_timestamp) }} - {{ day }}.opens_second, 0), {{ day }}.working_seconds)
{%- endmacro %}
