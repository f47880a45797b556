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
