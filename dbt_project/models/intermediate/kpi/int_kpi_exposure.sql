{{ config(materialized='table') }}

-- Who answers for what: by assignment, by an identity in a system of record, by team, or by a record of their own.
with months as (
    select distinct month, {{ add_months('month', 1) }} as month_end from {{ ref('int_kpi_periods') }}
),

segments as (
    select
        months.month,
        segments.person_id,
        segments.segment_id,
        segments.team_id,
        greatest(months.month, segments.valid_from) as active_from,
        least(months.month_end, {{ open_end('segments.valid_to') }}) as active_to
    from months
    inner join {{ source('company', 'segments') }} as segments
        on segments.valid_from < months.month_end and {{ open_end('segments.valid_to') }} > months.month
),

catalogue as (
    select
        kpi_id,
        credit_kind,
        coalesce(subject_types, '') as subject_types,
        coalesce(platforms, '') as platforms,
        coalesce(systems, '') as systems
    from {{ ref('kpi_catalogue') }}
),

assignments as (
    select
        assignments.person_id,
        assignments.subject_type,
        assignments.subject_id,
        assignments.valid_from,
        {{ open_end('assignments.valid_to') }} as valid_to,
        case when assignments.subject_type = 'account' then coalesce(accounts.platform, '') else '' end as platform
    from {{ source('company', 'assignments') }} as assignments
    left join {{ source('company', 'accounts') }} as accounts on assignments.subject_id = accounts.account_id
    where assignments.share > 0
),

subject_kpis as (
    -- matched on the few distinct pairs, not on every assignment
    select pairs.subject_type, pairs.platform, catalogue.kpi_id
    from (select distinct subject_type, platform from assignments) as pairs
    inner join catalogue
        on
            catalogue.credit_kind = 'split'
            and {{ list_has('catalogue.subject_types', 'pairs.subject_type') }}
            and (pairs.subject_type <> 'account' or {{ list_has('catalogue.platforms', 'pairs.platform') }})
),

by_assignment as (
    select
        segments.month,
        segments.person_id,
        segments.segment_id,
        subject_kpis.kpi_id,
        case assignments.subject_type when 'inbox' then 'account' else assignments.subject_type end as subject_type,
        assignments.subject_id
    from segments
    inner join assignments
        on
            segments.person_id = assignments.person_id
            and assignments.valid_from < segments.active_to
            and assignments.valid_to > segments.active_from
    inner join subject_kpis
        on assignments.subject_type = subject_kpis.subject_type and assignments.platform = subject_kpis.platform
),

system_kpis as (
    select systems.system, catalogue.kpi_id
    from (select distinct system from {{ source('company', 'identity_map') }}) as systems
    inner join catalogue on {{ list_has('catalogue.systems', 'systems.system') }}
),

by_identity as (
    select
        segments.month,
        segments.person_id,
        segments.segment_id,
        system_kpis.kpi_id,
        'system' as subject_type,
        identity_map.system as subject_id
    from segments
    inner join {{ source('company', 'identity_map') }} as identity_map
        on
            segments.person_id = identity_map.person_id
            and coalesce(identity_map.valid_from, segments.active_from) < segments.active_to
            and {{ open_end('identity_map.valid_to') }} > segments.active_from
    inner join system_kpis on identity_map.system = system_kpis.system
),

-- the accounts that an identity's system exports: without one of them, nobody knows what of it was this person's
by_system_account as (
    select
        by_identity.month,
        by_identity.person_id,
        by_identity.segment_id,
        by_identity.kpi_id,
        'system_account' as subject_type,
        accounts.account_id as subject_id
    from by_identity
    inner join {{ source('company', 'accounts') }} as accounts on by_identity.subject_id = accounts.platform
),

by_team as (
    select
        segments.month,
        segments.person_id,
        segments.segment_id,
        catalogue.kpi_id,
        'account' as subject_type,
        accounts.account_id as subject_id
    from segments
    inner join {{ source('company', 'accounts') }} as accounts
        on
            segments.team_id = accounts.team_id
            and coalesce(accounts.active_from, segments.active_from) < segments.active_to
            and {{ open_end('accounts.active_to') }} > segments.active_from
    inner join catalogue
        on catalogue.credit_kind = 'overlay' and {{ list_has('catalogue.platforms', 'accounts.platform') }}
),

by_record as (
    select
        components.month,
        components.person_id,
        components.segment_id,
        components.kpi_id,
        components.subject_type,
        components.subject_id
    from {{ ref('fct_kpi_components') }} as components
    inner join months on components.month = months.month
    where components.person_id <> 'UNASSIGNED'
)

select month, person_id, segment_id, kpi_id, subject_type, subject_id from by_assignment
union distinct
select month, person_id, segment_id, kpi_id, subject_type, subject_id from by_identity
union distinct
select month, person_id, segment_id, kpi_id, subject_type, subject_id from by_system_account
union distinct
select month, person_id, segment_id, kpi_id, subject_type, subject_id from by_team
union distinct
select month, person_id, segment_id, kpi_id, subject_type, subject_id from by_record
