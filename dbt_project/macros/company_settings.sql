{#
    The company's time zone and window as literals, read from the warehouse when a model is compiled.

    A literal, because DuckDB converts 9 million timestamps a second with a constant zone and 0.7 million with a zone
    that comes from a column. At parse time nothing is executed, so the neutral value UTC stands in.
    Unit tests override `company_timezone` (see any unit test of int_tickets).
#}
{% macro company_timezone() -%}
    {%- if execute -%}
        {%- set answer = run_query("select timezone from company.settings") -%}
        {%- if answer.rows | length != 1 -%}
            {{ exceptions.raise_compiler_error("company.settings must hold exactly one row") }}
        {%- endif -%}
        '{{ answer.rows[0][0] | replace("'", "''") }}'
    {%- else -%}
        'UTC'
    {%- endif -%}
{%- endmacro %}

{# The setting of the only row of company.settings, as a scalar subquery: `setting('measure_age_days')`. #}
{% macro setting(name) -%}
    (select company_settings.{{ name }} from {{ source('company', 'settings') }} as company_settings)
{%- endmacro %}
