{#
    One number that orders events by time, then file rank, then row.

    The first or last event of a ticket so comes out of one plain aggregate, the same in every order of reading, without
    a window over millions of rows. Layout from the top: microseconds since 1970, 24 bits of file rank, 31 bits of row
    number.
#}
{% macro event_order(event_at, file_rank, row_no) -%}
    {{ return(adapter.dispatch('event_order')(event_at, file_rank, row_no)) }}
{%- endmacro %}
{% macro duckdb__event_order(event_at, file_rank, row_no) -%}
    (
        cast(epoch_us({{ event_at }}) as hugeint) * 36028797018963968
        + cast({{ file_rank }} as bigint) * 2147483648
        + {{ row_no }}
    )
{%- endmacro %}

{# The value of one column in the row where another is smallest (largest); NULL without rows. #}
{% macro value_at_min(value, measure, condition) -%}
    {{ return(adapter.dispatch('value_at_min')(value, measure, condition)) }}
{%- endmacro %}
{% macro duckdb__value_at_min(value, measure, condition) -%}
    arg_min({{ value }}, {{ measure }}) filter (where {{ condition }})
{%- endmacro %}
{% macro value_at_max(value, measure, condition) -%}
    {{ return(adapter.dispatch('value_at_max')(value, measure, condition)) }}
{%- endmacro %}
{% macro duckdb__value_at_max(value, measure, condition) -%}
    arg_max({{ value }}, {{ measure }}) filter (where {{ condition }})
{%- endmacro %}
