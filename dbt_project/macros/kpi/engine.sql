{# Engine-specific spelling of what the KPI models need; one meaning on every engine. #}

{# First day of the month n months later. #}
{% macro add_months(day, n) -%}
    {{ return(adapter.dispatch('add_months')(day, n)) }}
{%- endmacro %}
{% macro duckdb__add_months(day, n) -%}
    cast({{ day }} + to_months({{ n }}) as date)
{%- endmacro %}

{# A text as a JSON string with its quotes. #}
{% macro json_text(expression) -%}
    {{ return(adapter.dispatch('json_text')(expression)) }}
{%- endmacro %}
{% macro duckdb__json_text(expression) -%}
    cast(to_json(cast({{ expression }} as varchar)) as varchar)
{%- endmacro %}

{# The value of a key of a JSON object as text. #}
{% macro json_value(json, key) -%}
    {{ return(adapter.dispatch('json_value')(json, key)) }}
{%- endmacro %}
{% macro duckdb__json_value(json, key) -%}
    json_extract_string({{ json }}, '$.{{ key }}')
{%- endmacro %}

{# Percentile with linear interpolation over exact records. #}
{% macro percentile(expression, fraction) -%}
    {{ return(adapter.dispatch('percentile')(expression, fraction)) }}
{%- endmacro %}
{% macro duckdb__percentile(expression, fraction) -%}
    quantile_cont({{ expression }}, {{ fraction }})
{%- endmacro %}

{# All numbers of the sorted lists of a group in one sorted list: most groups have one list alone, and it is sorted. #}
{% macro merged_lists(lists) -%}
    {{ return(adapter.dispatch('merged_lists')(lists)) }}
{%- endmacro %}
{% macro duckdb__merged_lists(lists) -%}
    case when count(*) = 1 then list({{ lists }})[1] else list_sort(flatten(list({{ lists }}))) end
{%- endmacro %}

{# Percentile of a sorted list of decimals with linear interpolation, exact: nothing is rounded. #}
{% macro percentile_of_sorted(numbers, percent) -%}
    {{ return(adapter.dispatch('percentile_of_sorted')(numbers, percent)) }}
{%- endmacro %}
{% macro duckdb__percentile_of_sorted(numbers, percent) -%}
    {%- set steps = '((len(' ~ numbers ~ ') - 1) * ' ~ percent ~ ')' -%}
    {%- set low = numbers ~ '[' ~ steps ~ ' // 100 + 1]' -%}
    {%- set high = numbers ~ '[(' ~ steps ~ ' + 99) // 100 + 1]' -%}
    {{ low }} + ({{ high }} - {{ low }}) * cast({{ steps }} % 100 / 100.0 as decimal(3, 2))
{%- endmacro %}

{# Whether a ;-separated list contains an item. #}
{% macro list_has(list, item) -%}
    position(';' || {{ item }} || ';' in ';' || {{ list }} || ';') > 0
{%- endmacro %}

{# Whether an array of texts contains an item. #}
{% macro array_has(array, item) -%}
    {{ return(adapter.dispatch('array_has')(array, item)) }}
{%- endmacro %}
{% macro duckdb__array_has(array, item) -%}
    list_contains({{ array }}, {{ item }})
{%- endmacro %}

{# A month as 2026-10. #}
{% macro month_text(month) -%}
    substr(cast({{ month }} as varchar), 1, 7)
{%- endmacro %}

{# An open end of validity as a date. #}
{% macro open_end(valid_to) -%}
    coalesce({{ valid_to }}, date '9999-12-31')
{%- endmacro %}
