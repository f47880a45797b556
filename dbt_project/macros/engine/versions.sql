{# Engine-specific parts of version handling. #}

{# One number that orders rows by file rank, then by row: file rank in the upper bits. #}
{% macro version_order(file_rank, row_no) -%}
    (cast({{ file_rank }} as bigint) * 2147483648 + {{ row_no }})
{%- endmacro %}

{# A 64-bit hash of several columns: equal values, equal hash; NULL counts as a value. #}
{% macro row_hash(columns) -%}
    {{ return(adapter.dispatch('row_hash')(columns)) }}
{%- endmacro %}
{% macro duckdb__row_hash(columns) -%}
    hash({{ columns | join(', ') }})
{%- endmacro %}

{#
    One number for a row and all rows before it in its partition. Rows of a partition must differ in one of the columns.
#}
{% macro history_hash(columns, partition, order) -%}
    {{ return(adapter.dispatch('history_hash')(columns, partition, order)) }}
{%- endmacro %}
{% macro duckdb__history_hash(columns, partition, order) -%}
    bit_xor(hash({{ columns | join(', ') }})) over (
            partition by {{ partition }} order by {{ order }} rows between unbounded preceding and current row
        )
{%- endmacro %}
