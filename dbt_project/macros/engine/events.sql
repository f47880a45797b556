{#
    One number that orders events by time, then file rank, then row, and carries a code (0 to 262,143: who acted).

    The first or last event of a ticket, with its actor and its place in the files, so comes out of one plain minimum or
    maximum, the same in every order of reading, without a window over millions of rows. Layout from the top:
    microseconds since the year 1, then 63 bits: 18 of file rank, 27 of row number (134 million), 18 of code. NULL
    without a time.
#}
{% macro packed_event(event_at, file_rank, row_no, code) -%}
    {{ return(adapter.dispatch('packed_event')(event_at, file_rank, row_no, code)) }}
{%- endmacro %}
{% macro duckdb__packed_event(event_at, file_rank, row_no, code) -%}
    (
        cast(epoch_us({{ event_at }}) + 62135596800000000 as hugeint) * 9223372036854775808
        + (cast({{ file_rank }} as bigint) * 35184372088832 + cast({{ row_no }} as bigint) * 262144 + {{ code }})
    )
{%- endmacro %}

{# Time, file rank, row number and code of a packed event. #}
{% macro packed_time(packed) -%}
    {{ return(adapter.dispatch('packed_time')(packed)) }}
{%- endmacro %}
{% macro duckdb__packed_time(packed) -%}
    make_timestamp(cast({{ packed }} >> 63 as bigint) - 62135596800000000)
{%- endmacro %}
{% macro packed_file_rank(packed) -%}
    {{ return(adapter.dispatch('packed_file_rank')(packed)) }}
{%- endmacro %}
{% macro duckdb__packed_file_rank(packed) -%}
    cast(({{ packed }} >> 45) & 262143 as integer)
{%- endmacro %}
{% macro packed_row(packed) -%}
    {{ return(adapter.dispatch('packed_row')(packed)) }}
{%- endmacro %}
{% macro duckdb__packed_row(packed) -%}
    cast(({{ packed }} >> 18) & 134217727 as integer)
{%- endmacro %}
{% macro packed_code(packed) -%}
    {{ return(adapter.dispatch('packed_code')(packed)) }}
{%- endmacro %}
{% macro duckdb__packed_code(packed) -%}
    cast({{ packed }} & 262143 as integer)
{%- endmacro %}

{# Stops the build where a number has no room in a packed event. #}
{% macro checked_code(number) -%}
    {{ return(adapter.dispatch('checked_code')(number)) }}
{%- endmacro %}
{% macro duckdb__checked_code(number) -%}
    case
        when {{ number }} < 262144 then cast({{ number }} as integer)
        else error('more than 262143 agents in ticket logs: widen packed_event')
    end
{%- endmacro %}

{# The value of one column in the row where another is smallest (largest), NULL where that row has none. #}
{% macro value_at_min(value, measure) -%}
    {{ return(adapter.dispatch('value_at_min')(value, measure)) }}
{%- endmacro %}
{% macro duckdb__value_at_min(value, measure) -%}
    arg_min_null({{ value }}, {{ measure }})
{%- endmacro %}
{% macro value_at_max(value, measure) -%}
    {{ return(adapter.dispatch('value_at_max')(value, measure)) }}
{%- endmacro %}
{% macro duckdb__value_at_max(value, measure) -%}
    arg_max_null({{ value }}, {{ measure }})
{%- endmacro %}
