{#
    Views and tables made where they stand. The adapter makes each under another name, renames the old one, then the new
    one, and drops the old one, so that readers never miss it. Nobody reads the scratch file while dbt builds in it, and a
    file in which anything failed is thrown away whole.
#}
{% materialization view, adapter='duckdb' -%}
    {%- set relation = this.incorporate(type='view') -%}
    {% do drop_other_kind(relation) %}
    {{ run_hooks(pre_hooks) }}
    {% call statement('main') -%}
        create or replace view {{ relation }} as (
            {{ sql }}
        )
    {%- endcall %}
    {% do persist_docs(relation, model) %}
    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}
    {{ return({'relations': [relation]}) }}
{%- endmaterialization %}

{% materialization table, adapter='duckdb' -%}
    {%- set relation = this.incorporate(type='table') -%}
    {% do drop_relation_if_exists(load_cached_relation(this)) %}
    {{ run_hooks(pre_hooks) }}
    {% call statement('main') -%}
        {{ create_table_as(false, relation, sql) }}
    {%- endcall %}
    {% do persist_docs(relation, model) %}
    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}
    {{ return({'relations': [relation]}) }}
{%- endmaterialization %}

{#
    Models that keep months or periods: a pre-hook has deleted what this run makes again, and the new rows are put beside the
    others at once. The adapter puts them into a temporary table first and compares its columns with those of the target;
    one file is never made by two versions of the code, so they are the same. (dbt wants `on_schema_change` all the same
    where a contract is enforced.)
#}
{% materialization incremental, adapter='duckdb' -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set relation = this.incorporate(type='table') -%}
    {%- set is_new = existing is none or existing.type != 'table' or should_full_refresh() -%}
    {% if is_new %}{% do drop_relation_if_exists(existing) %}{% endif %}
    {{ run_hooks(pre_hooks) }}
    {% call statement('main') -%}
        {%- if is_new -%}
            {{ create_table_as(false, relation, sql) }}
        {%- else -%}
            {%- if config.get('contract').enforced -%}{{ get_assert_columns_equivalent(sql) }}{%- endif -%}
            insert into {{ relation }} by name (
                {{ sql }}
            )
        {%- endif -%}
    {%- endcall %}
    {% do persist_docs(relation, model) %}
    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}
    {{ return({'relations': [relation]}) }}
{%- endmaterialization %}

{# A table does not become a view by being replaced. #}
{% macro drop_other_kind(relation) -%}
    {%- set existing = load_cached_relation(relation) -%}
    {%- if existing is not none and existing.type != relation.type -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
{%- endmacro %}
