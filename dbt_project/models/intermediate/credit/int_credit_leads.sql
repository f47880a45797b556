-- Whoever a lead was credited to when it came keeps what becomes of it, as long as they are employed: its segment is
-- that of the day that counts. Everything else is claimed when it happens.
{% set claims = [
    ('assignment', 'utm_code', 'utm_content'),
    ('roster', 'campaign', 'campaign'),
    ('assignment', 'campaign', 'campaign'),
    ('actor', 'crm', 'person_key'),
] %}
with windows as (
    {{ credit_windows() }}
),

segments as (
    select
        person_id,
        segment_id,
        {{ midnight_utc('valid_from', company_timezone()) }} as valid_from,
        {{ midnight_utc("coalesce(valid_to, date '9999-12-31')", company_timezone()) }} as valid_to
    from {{ source('company', 'segments') }}
),

claimed as (
    select
        records.record_type,
        records.record_id,
        records.month,
        records.happened_at,
        case
            when records.record_type in ('lead_mature', 'lead_won') then records.origin_window_id
            else {{ claimed_window('record', claims) }}
        end as window_id
    from {{ ref('int_marketing_records') }} as records
    {{ claim_joins('record', 'records.happened_at', 'records.happened_at', claims) }}
)

select
    claimed.record_type,
    claimed.record_id,
    claimed.month,
    coalesce(segments.person_id, 'UNASSIGNED') as person_id,
    coalesce(segments.segment_id, '') as segment_id,
    cast(sum(coalesce(members.weight, cast(1 as decimal(9, 6)))) as decimal(9, 6)) as weight,
    min(case when segments.person_id is null then 9 else members.rule_step end) as rule_step,
    'split' as credit_kind
from claimed
left join {{ ref('int_credit_windows') }} as members on claimed.window_id = members.window_id
left join segments
    on
        members.person_id = segments.person_id
        and claimed.happened_at >= segments.valid_from
        and claimed.happened_at < segments.valid_to
group by claimed.record_type, claimed.record_id, claimed.month, segments.person_id, segments.segment_id
