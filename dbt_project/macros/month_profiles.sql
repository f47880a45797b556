{#
    What the files that a month may read hold day by day (landing.profile), for each month of the run: the columns of the
    profile, `run_month`, and whether the day is of that month. What other files of the run state is not seen, so that a
    month built alone equals the same month of a range.

    Args:
        n_before: how many months before the month are looked at too.
#}
{% macro month_profiles(n_before=0) -%}
    (
        select
            run_months.month as run_month,
            profile.day >= run_months.month as is_of_month,
            profile.*
        from (select distinct month from {{ source('control', 'run_months') }}) as run_months
        inner join {{ source('control', 'month_files') }} as month_files on run_months.month = month_files.month
        inner join {{ source('landing', 'profile') }} as profile
            on
                month_files.content_id = profile.content_id
                and profile.day >= {{ add_months('run_months.month', -n_before) }}
                and profile.day < {{ add_months('run_months.month', 1) }}
    )
{%- endmacro %}
