{#
    What the records behind a reading say of it, and what that means for its status: one set of rules for segments and
    communities. Who answers for a KPI and what the guards found stands in the models.
#}

{#
    Branches of a `case` that gives the verdict of the records themselves; none of them holds for a sound reading.

    reading, activity: relations with n_records (the KPI's own, and those of the activity that it is measured on), the
    reading also with exact_value, quotient_value and denominator; NULL throughout where there is no record.
#}
{% macro verdict_of_records(reading, activity, aggregation) -%}
    {%- set none_counts = 'coalesce(' ~ reading ~ '.n_records, 0) = 0' -%}
    {%- set no_value = 'coalesce(' ~ reading ~ '.exact_value, ' ~ reading ~ '.quotient_value) is null' -%}
    when {{ none_counts }} and coalesce({{ activity }}.n_records, 0) > 0 then 'not_measurable'
            when {{ none_counts }} and {{ aggregation }} = 'stock_end' then 'no_stock'
            when {{ none_counts }} and {{ aggregation }} in ('sum', 'distinct') then 'no_records'
            when {{ none_counts }} then 'no_activity'
            when
                {{ no_value }}
                and {{ aggregation }} = 'stock_end' and {{ reading }}.denominator is null
                then 'no_stock'
            when {{ no_value }} then 'zero_denominator'
{%- endmacro %}

{# The status of a verdict: only what nobody can answer for leaves the weighing, and only bad or absent data withhold. #}
{% macro status_of_verdict(verdict) -%}
    case
            when {{ verdict }} in ('no_responsibility', 'no_activity', 'zero_denominator', 'not_measurable')
                then 'not_applicable'
            when {{ verdict }} in ('finding', 'no_data', 'no_stock') then 'withheld'
            when {{ verdict }} = 'provisional' then 'provisional'
            else 'ok'
        end
{%- endmacro %}

{# The value as it is told: none without a status that allows one, and zero where the source says that nothing happened. #}
{% macro value_of_verdict(status, verdict, value) -%}
    cast(
        case
            when {{ status }} not in ('ok', 'provisional') then null
            -- nothing happened, and the source says so: that is a zero
            when {{ verdict }} = 'no_records' then 0
            else {{ value }}
        end as decimal(38, 12)
    )
{%- endmacro %}
