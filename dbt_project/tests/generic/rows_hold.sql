{#
    Every rule that the rows of one model keep, checked by one query: a model has one test, not one a column and rule.
    Returns a row for each broken rule: how many rows break it (how many keys are repeated) and the first of their keys.

    grain:    the columns (or expressions) that together are unique.
    always:   expressions that are true in every row; NULL is not true.
    expected: expressions that exports may break; they warn and do not fail.
    key:      columns that name a row in the message of a model whose grain is not tested here.
#}
{% test rows_hold(model, grain=[], always=[], expected=[], key=[]) %}
{{ config(warn_if='> 0', error_if="> 0 and count(*) filter (where severity = 'error') > 0") }}
{%- if not grain and not always and not expected -%}
    {{ exceptions.raise_compiler_error("rows_hold needs a grain or a rule") }}
{%- endif -%}
{%- set rules = always + expected -%}
with checked as (
    {%- if grain %}
    select
        'error' as severity,
        '{{ grain | join(", ") }} is unique' as rule,
        count(*) as n_broken,
        min(row_name) as example
    from ({{ repeated_keys(model, grain) }}) as repeated
    {%- endif %}
    {{- '\n    union all' if grain and rules }}
    {%- if rules %}
    select
        unnest(severities) as severity,
        unnest(rules) as rule,
        unnest(n_broken) as n_broken,
        unnest(examples) as example
    from (
        select
            [
                {%- for rule in rules -%}
                    '{{ "error" if loop.index <= always | length else "warn" }}'{{ ', ' if not loop.last }}
                {%- endfor -%}
            ] as severities,
            [
                {%- for rule in rules %}
                '{{ rule | replace("'", "''") }}'{{ ',' if not loop.last }}
                {%- endfor %}
            ] as rules,
            [
                {%- for rule in rules %}
                count_if(({{ rule }}) is not true){{ ',' if not loop.last }}
                {%- endfor %}
            ] as n_broken,
            [
                {%- for rule in rules %}
                min(case when ({{ rule }}) is not true then {{ row_name(grain or key) }} end){{ ',' if not loop.last }}
                {%- endfor %}
            ] as examples
        from {{ model }}
    ) as counted
    {%- endif %}
)

select severity, rule, n_broken, example
from checked
where n_broken > 0
{% endtest %}
