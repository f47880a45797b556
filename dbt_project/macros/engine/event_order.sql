{#
    One number that orders events by time, then file rank, then row, and gives each of them back.

    The first or last event of a ticket, its file and its row so come out of one plain min or max, without a window
    over millions of rows. Layout from the top: microseconds since 1970, 24 bits of file rank, 31 bits of row number.
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

{# The time of an event_order number. #}
{% macro event_order_time(event_order) -%}
    {{ return(adapter.dispatch('event_order_time')(event_order)) }}
{%- endmacro %}
{% macro duckdb__event_order_time(event_order) -%}
    make_timestamp(cast({{ event_order }} // 36028797018963968 as bigint))
{%- endmacro %}

{# The file rank of an event_order number. #}
{% macro event_order_file_rank(event_order) -%}
    {{ return(adapter.dispatch('event_order_file_rank')(event_order)) }}
{%- endmacro %}
{% macro duckdb__event_order_file_rank(event_order) -%}
    cast(({{ event_order }} // 2147483648) % 16777216 as integer)
{%- endmacro %}

{# The row number of an event_order number. #}
{% macro event_order_row(event_order) -%}
    {{ return(adapter.dispatch('event_order_row')(event_order)) }}
{%- endmacro %}
{% macro duckdb__event_order_row(event_order) -%}
    cast({{ event_order }} % 2147483648 as integer)
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
