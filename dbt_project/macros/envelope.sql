{# The columns that lead a row back to its file, the same in every staging model. #}
{% macro envelope() -%}
    _content_id,
        _row_no,
        _spec_id,
        _file_rank,
        _exported_at,
        _period_from,
        _period_to
{%- endmacro %}
