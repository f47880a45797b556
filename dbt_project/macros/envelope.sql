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

{# The content of the file with a rank, of one spec: a look-up instead of a join, so that it costs nothing where unread. #}
{% macro content_of_file(spec_id, file_rank) -%}
    {{ return(adapter.dispatch('content_of_file')(spec_id, file_rank)) }}
{%- endmacro %}
{% macro duckdb__content_of_file(spec_id, file_rank) -%}
    (
        select map(list(files.file_rank), list(files.content_id))
        from {{ source('landing', 'files') }} as files
        where files.spec_id = '{{ spec_id }}'
    )[{{ file_rank }}]
{%- endmacro %}
