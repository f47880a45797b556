with incidents as (
    select * from {{ chosen_versions(
        ref('stg_incidents'),
        key=['incident_id'],
        values=['occurred_at', 'kind', 'severity', 'account_id', 'responsible_key', 'responded_at', 'resolved_at']
    ) }}
),

dated as (
    select
        *,
        {{ local_month('occurred_at', company_timezone()) }} as month
    from incidents
),

-- what a severity allows, by the settings; an unknown severity allows nothing that could be judged
timed as (
    select
        dated.*,
        {{ seconds_between('dated.occurred_at', 'dated.responded_at') }} as response_seconds,
        {{ seconds_between('dated.occurred_at', 'dated.resolved_at') }} as resolve_seconds,
        {% for act in ['response', 'resolve'] -%}
        case dated.severity
            {%- for severity in ['high', 'medium', 'low'] %}
            when '{{ severity }}' then settings.crisis_{{ act }}_minutes_{{ severity }} * 60
            {%- endfor %}
        end as {{ act }}_limit,
        {% endfor -%}
        -- a crisis without an end in the register is late once its time has run out within its month
        {{ seconds_between(
            'dated.occurred_at', midnight_utc("dated.month + interval '1' month", company_timezone())
        ) }} as seconds_known
    from dated
    cross join {{ source('company', 'settings') }} as settings
)

select
    incident_id,
    occurred_at,
    month,
    kind,
    severity,
    coalesce(account_id, '') as account_id,
    responsible_key,
    responded_at,
    resolved_at,
    response_seconds,
    resolve_seconds,
    {% for act, late in [('response', 'is_response_late'), ('resolve', 'is_resolution_late')] -%}
    case
        when {{ act }}_seconds is not null then {{ act }}_seconds > {{ act }}_limit
        when seconds_known > {{ act }}_limit then true
    end as {{ late }},
    {% endfor -%}
    n_versions,
    has_conflict,
    _content_id,
    _row_no
from timed
where {{ in_run_months('month') }}
