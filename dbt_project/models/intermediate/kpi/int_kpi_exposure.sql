{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_run_months() }}"
) }}

-- Who answers for what: by assignment, by an identity in a system of record, by team, or by a record of their own, also
-- by one that could not be measured. Kept by month: the records of a quarter's older months are not read again.
with months as (
    select distinct month, {{ add_months('month', 1) }} as month_end from {{ source('control', 'run_months') }}
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
        activity_kpi_id,
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

-- a code is used in whatever shop there is, also by the code of somebody who answers for one of them
by_code_account as (
    select
        by_assignment.month,
        by_assignment.person_id,
        by_assignment.segment_id,
        by_assignment.kpi_id,
        'system_account' as subject_type,
        accounts.account_id as subject_id
    from by_assignment
    inner join catalogue on by_assignment.kpi_id = catalogue.kpi_id
    inner join {{ source('company', 'accounts') }} as accounts
        on {{ list_has('catalogue.platforms', 'accounts.platform') }}
    where by_assignment.subject_type = 'promo_code'
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
),

-- what a KPI is measured on: a post has an owner whether or not a report tells its reach
by_activity as (
    select
        by_record.month,
        by_record.person_id,
        by_record.segment_id,
        catalogue.kpi_id,
        by_record.subject_type,
        by_record.subject_id
    from by_record
    inner join catalogue
        on
            by_record.kpi_id = catalogue.activity_kpi_id
            and {{ list_has('catalogue.subject_types', 'by_record.subject_type') }}
),

-- records that would count, if what is needed to measure them were known: they leave no component behind
unmeasured_posts as (
    select
        posts.post_id,
        posts.account_id,
        posts.followers_at_post is null and {{ is_own_text('posts') }} as lacks_followers,
        {{ original_flag('posts') }} is null as lacks_flag,
        coalesce({{ original_flag('posts') }}, true) as may_be_original,
        {{ is_own_post('posts') }} as is_own_post,
        coalesce(posts.text_kind, 'post') <> 'reply' as is_flaggable
    from {{ ref('int_posts') }} as posts
    where
        {{ in_run_months('posts.month') }}
        and (posts.followers_at_post is null or {{ original_flag('posts') }} is null)
),

unmeasured as (
    select post_id as record_id, 'post' as record_type, 'engagement_rate_followers' as kpi_id, account_id as subject_id
    from unmeasured_posts
    where lacks_followers
    union all
    select post_id, 'post', 'coverage_rate_proxy', account_id
    from unmeasured_posts
    where lacks_followers
    union all
    select post_id, 'post', 'engagement_rate_original', account_id
    from unmeasured_posts
    where is_own_post and may_be_original
    union all
    select post_id, 'post', 'original_content_share', account_id
    from unmeasured_posts
    where lacks_flag and is_flaggable
    union all
    select orders.record_id, 'order', of_money.kpi_id, coalesce(orders.account_id, '')
    from {{ ref('int_orders') }} as orders
    cross join {{ source('company', 'settings') }} as settings
    cross join (
        values ('conversion_revenue'), ('average_order_value'), ('existing_customer_revenue_share')
    ) as of_money (kpi_id)
    where orders.is_counted and (orders.currency <> settings.currency or orders.net_amount is null)
    union all
    select record_id, 'deal', 'won_revenue', system
    from {{ ref('int_deals') }}
    where meaning = 'won' and amount is null and month is not null
),

by_unmeasured as (
    select distinct
        credit.month,
        credit.person_id,
        credit.segment_id,
        unmeasured.kpi_id,
        case credit.record_type when 'deal' then 'system' else 'account' end as subject_type,
        unmeasured.subject_id
    from unmeasured
    inner join {{ ref('int_credit') }} as credit
        on unmeasured.record_id = credit.record_id and unmeasured.record_type = credit.record_type
    where credit.person_id <> 'UNASSIGNED'
),

-- whoever was reviewed, and whoever was not while the role was
by_review as (
    select distinct month, person_id, segment_id, kpi_id, 'person' as subject_type, person_id as subject_id
    from {{ ref('int_reviews') }}
    where person_id <> 'UNASSIGNED'
)

select month, person_id, segment_id, kpi_id, subject_type, subject_id from by_assignment
union distinct
select month, person_id, segment_id, kpi_id, subject_type, subject_id from by_identity
union distinct
select month, person_id, segment_id, kpi_id, subject_type, subject_id from by_system_account
union distinct
select month, person_id, segment_id, kpi_id, subject_type, subject_id from by_code_account
union distinct
select month, person_id, segment_id, kpi_id, subject_type, subject_id from by_team
union distinct
select month, person_id, segment_id, kpi_id, subject_type, subject_id from by_record
union distinct
select month, person_id, segment_id, kpi_id, subject_type, subject_id from by_activity
union distinct
select month, person_id, segment_id, kpi_id, subject_type, subject_id from by_unmeasured
union distinct
select month, person_id, segment_id, kpi_id, subject_type, subject_id from by_review
