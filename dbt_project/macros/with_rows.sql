{#
    Those of some models that may have rows: a union need not read what this run leaves out as empty, and planning two
    dozen empty branches costs more than many a full one. At least the first, so that a union is never of nothing; all of
    them while dbt parses, so that it knows what is read.

    Only for models that are made anew by every run: the text of a view would keep what one run knew.
#}
{% macro with_rows(models) -%}
    {%- set empty = [] -%}
    {%- if execute -%}
        {%- for row in run_query('select name from control.without_rows').rows -%}{%- do empty.append(row[0]) -%}{%- endfor -%}
    {%- endif -%}
    {{ return((models | reject('in', empty) | list) or models[:1]) }}
{%- endmacro %}
