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
    A 64-bit number for several values, which differs when one of them does. Slower than row_hash and of its own in every
    bit: whoever puts such numbers together does not find that two changes cancel each other out.
#}
{% macro fingerprint(values) -%}
    {{ return(adapter.dispatch('fingerprint')(values)) }}
{%- endmacro %}
{% macro duckdb__fingerprint(values) -%}
    md5_number_lower(cast([
        {%- for value in values %}cast({{ value }} as varchar){{ ', ' if not loop.last }}{% endfor -%}
    ] as varchar))
{%- endmacro %}

{# A fingerprint of a row and all rows before it in its partition, whose rows differ in one of the values. #}
{% macro history_fingerprint(values, partition, order) -%}
    {{ return(adapter.dispatch('history_fingerprint')(values, partition, order)) }}
{%- endmacro %}
{% macro duckdb__history_fingerprint(values, partition, order) -%}
    bit_xor({{ duckdb__fingerprint(values) }}) over (
            partition by {{ partition }} order by {{ order }} rows between unbounded preceding and current row
        )
{%- endmacro %}
