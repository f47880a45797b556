{#
    One row per key out of all versions that the files state of it.

    Order of versions: stated export time (not stated first), range end, range start, source, content, row; the
    landing column _file_rank carries it. The latest version is chosen, with two exceptions:

    * `settled`: where it names a boolean column, the earliest version for which it is true is chosen (a post measured
      at T+7 stays so when it is exported again at T+200).
    * zeros over values: a version whose `measures` are all 0 is never chosen where another has values, whichever is
      the later; an upload of zeros looks like a settled measurement too.

    The added columns are n_versions (rows that state the key, exact duplicates included) and has_conflict, true when
    the last word on the key are zeros over values (one that was exported on the same day may be the last word, however
    the files sort), or when a version with the same spec, export time and range as
    the chosen one states other `values`: nothing says which of the two is right, so neither is silently taken.

    Args:
        relation: relation with the envelope columns.
        key: columns that identify a record; rows where one is NULL are left out.
        values: columns that must agree.
        measures: columns that only grow, or none.
        settled: name of a boolean column, or none.
#}
{% macro chosen_versions(relation, key, values, measures=[], settled=none) -%}
    (
        with versions as (
            select
                source_rows.*,
                {{ version_order('source_rows._file_rank', 'source_rows._row_no') }} as _version,
                {{ row_hash(values) }} as _values,
                {% if measures -%}
                    {%- for measure in measures -%}
                        coalesce(source_rows.{{ measure }}, 0) = 0{{ ' and ' if not loop.last }}
                    {%- endfor -%}
                {%- else -%}
                    false
                {%- endif %} as _is_zero
            from {{ relation }} as source_rows
            where {% for column in key %}source_rows.{{ column }} is not null{{ ' and ' if not loop.last }}{% endfor %}
        ),

        keys as (
            select
                {{ key | join(', ') }},
                count(*) as n_versions,
                max(_version) as last_version,
                max(case when not _is_zero then _version end) as last_real,
                max(case when _is_zero then _exported_at end) as zeros_at,
                max(case when not _is_zero then _exported_at end) as values_at
                {%- if settled %},
                min(case when {{ settled }} then _version end) as first_settled,
                min(case when {{ settled }} and not _is_zero then _version end) as first_settled_real
                {%- endif %}
            from versions
            group by {{ key | join(', ') }}
        ),

        choices as (
            select
                {{ key | join(', ') }},
                n_versions,
                last_real is not null and (last_version > last_real or coalesce(zeros_at = values_at, false))
                    as has_zeros_over_values,
                {% if settled -%}
                coalesce(first_settled_real, last_real, first_settled, last_version)
                {%- else -%}
                coalesce(last_real, last_version)
                {%- endif %} as _version
            from keys
        ),

        chosen as (
            select
                versions.*,
                choices.n_versions,
                choices.has_zeros_over_values
            from versions
            inner join choices
                on versions._version = choices._version
                {%- for column in key %}
                and versions.{{ column }} = choices.{{ column }}
                {%- endfor %}
        ),

        contradicted as (
            select {% for column in key %}chosen.{{ column }}{{ ', ' if not loop.last }}{% endfor %}
            from chosen
            inner join versions
                on chosen._spec_id = versions._spec_id
                {%- for column in key %}
                and chosen.{{ column }} = versions.{{ column }}
                {%- endfor %}
                and chosen._exported_at is not distinct from versions._exported_at
                and chosen._period_from is not distinct from versions._period_from
                and chosen._period_to is not distinct from versions._period_to
            where chosen.n_versions > 1
            group by {% for column in key %}chosen.{{ column }}{{ ', ' if not loop.last }}{% endfor %}
            having min(versions._values) <> max(versions._values)
        )

        select
            chosen.*,
            chosen.has_zeros_over_values or contradicted.{{ key[0] }} is not null as has_conflict
        from chosen
        left join contradicted
            on {% for column in key -%}
                chosen.{{ column }} = contradicted.{{ column }}{{ ' and ' if not loop.last }}
            {%- endfor %}
    )
{%- endmacro %}
