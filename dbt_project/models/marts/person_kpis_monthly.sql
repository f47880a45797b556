{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_run_months() }}"
) }}

-- Role and team are those of the last segment of the month.
with monthly as (
    select
        period_start as month,
        person_id,
        {%- for kpi in kpi_ids() %}
        max(case when kpi_id = '{{ kpi }}' then value end) as {{ kpi }},
        {%- endfor %}
        count(case when status = 'withheld' then 1 end) as n_withheld
    from {{ ref('fct_person_kpi') }}
    where period_type = 'month' and {{ in_run_months('period_start') }}
    group by period_start, person_id
),

last_segments as (
    select
        monthly.month,
        monthly.person_id,
        segments.role,
        segments.team_id,
        row_number() over (partition by monthly.month, monthly.person_id order by segments.valid_from desc) as from_last
    from monthly
    inner join {{ source('company', 'segments') }} as segments
        on
            monthly.person_id = segments.person_id
            and segments.valid_from < {{ add_months('monthly.month', 1) }}
            and {{ open_end('segments.valid_to') }} > monthly.month
)

select
    monthly.month,
    monthly.person_id,
    last_segments.role,
    last_segments.team_id,
    {%- for kpi in kpi_ids() %}
    monthly.{{ kpi }},
    {%- endfor %}
    monthly.n_withheld
from monthly
inner join last_segments
    on
        monthly.month = last_segments.month
        and monthly.person_id = last_segments.person_id
        and last_segments.from_last = 1
