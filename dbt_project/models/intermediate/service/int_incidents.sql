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
    n_versions,
    has_conflict,
    _content_id,
    _row_no
from dated
where {{ in_run_months('month') }}
