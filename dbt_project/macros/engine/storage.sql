{#
    Hooks of the few models with a row a record that every run makes anew: compressing their text columns takes as long as
    making them, and the next run throws them away.
#}
{% macro store_plainly() -%}
    {{ return(adapter.dispatch('store_plainly')()) }}
{%- endmacro %}
{% macro duckdb__store_plainly() -%}
    set force_compression = 'uncompressed'
{%- endmacro %}
{% macro store_compactly() -%}
    {{ return(adapter.dispatch('store_compactly')()) }}
{%- endmacro %}
{% macro duckdb__store_compactly() -%}
    set force_compression = 'auto'
{%- endmacro %}

{# Writes to the disk all that the build has made; an error where that cannot be done. #}
{% macro write_out() -%}
    {{ return(adapter.dispatch('write_out')()) }}
{%- endmacro %}
{% macro duckdb__write_out() -%}
    checkpoint {{ target.database }}
{%- endmacro %}
