{# Engine-specific text and number functions. #}

{#
    A landing number as an exact decimal; NULL where the text is no number. Only what does not fit is read as the wide
    type: DuckDB needs two hundred times as long for it.
#}
{% macro parse_decimal(text_column) -%}
    coalesce(
        cast(try_cast({{ text_column }} as decimal(18, 6)) as decimal(38, 6)), try_cast({{ text_column }} as decimal(38, 6))
    )
{%- endmacro %}

{# A landing number that counts things. Exports write 12 as `12.0` now and then, so it goes through a decimal. #}
{% macro parse_count(text_column) -%}
    coalesce(
        try_cast(try_cast({{ text_column }} as decimal(18, 6)) as bigint),
        try_cast(try_cast({{ text_column }} as decimal(38, 6)) as bigint)
    )
{%- endmacro %}

{# A landing date `2026-10-03`, also where a time of day follows. #}
{% macro parse_date(text_column) -%}
    try_cast(substr({{ text_column }}, 1, 10) as date)
{%- endmacro %}

{# Text trimmed, NULL when nothing is left. #}
{% macro clean(text_column) -%}
    nullif(trim({{ text_column }}), '')
{%- endmacro %}
