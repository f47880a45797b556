{# Whether an exported type of a member means staff; NULL where the export does not tell. WeCom: 1 staff, 2 external. #}
{% macro is_staff_word(column) -%}
    case
        when lower({{ clean(column) }}) in ('1', 'staff', 'internal', '企业成员', '内部成员', '员工') then true
        when {{ clean(column) }} is not null then false
    end
{%- endmacro %}
