{#
    Parameters of a reason as a JSON object. Pass pairs (name, SQL expression, is_text) in the order of the names;
    numbers stand bare, texts and dates are quoted and escaped. Deterministic: the order is the order given.
#}
{% macro reason_json(pairs) -%}
    '{'
    {%- for name, expression, is_text in pairs %}
    || '"{{ name }}":' ||
    {%- if is_text %} coalesce({{ json_text(expression) }}, 'null')
    {%- else %} coalesce(cast({{ expression }} as varchar), 'null')
    {%- endif %}{{ " || ','" if not loop.last }}
    {%- endfor %}
    || '}'
{%- endmacro %}

{# Names of all placeholders of all reasons (pipelines/texts/reasons.py; a test holds that none is missing). #}
{% macro reason_parameters() -%}
    {{ return([
        'baseline', 'currency', 'day', 'days', 'expected', 'family', 'file_share', 'first_day', 'kpi', 'last_day', 'month',
        'n', 'share', 'subject', 'total',
        'period',
        'until',
        'gone',
        'incidents',
        'accuracy', 'floor', 'high', 'low', 'macro_f1', 'people', 'tool', 'unlabelled'
    ]) }}
{%- endmacro %}

{# The English text of a reason: its template with every placeholder replaced. #}
{% macro render_reason(template, params) -%}
    {%- set ns = namespace(sql="coalesce(" ~ template ~ ", '')") -%}
    {%- for name in reason_parameters() -%}
        {%- set ns.sql = "replace(" ~ ns.sql ~ ", '{" ~ name ~ "}', coalesce(" ~ json_value(params, name) ~ ", ''))" -%}
    {%- endfor -%}
    {{ ns.sql }}
{%- endmacro %}

{# A share as a percentage with one decimal, exact and the same on every engine. #}
{% macro percent_text(part, whole) -%}
    cast(cast(round(100.0 * {{ part }} / {{ whole }}, 1) as decimal(9, 1)) as varchar)
{%- endmacro %}
