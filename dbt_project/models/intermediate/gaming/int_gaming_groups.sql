{{ config(materialized='ephemeral') }}

-- Groups in which next to nobody speaks, and groups that people leave in numbers. A small group and a young one are not
-- judged; where there are groups enough to compare with, a quiet month of all of them is nobody's fault.
with told as (
    select
        month,
        group_id,
        record_id,
        day,
        members_total,
        members_active,
        _content_id,
        _row_no
    from {{ ref('int_group_days') }}
    where members_total > 0 and members_active is not null and not has_conflict
),

-- a month reads the sheets of the month before it too: since when they tell of the group
ages as (
    select run_months.month, sheet.group_id, min(sheet.day) as since
    from {{ source('control', 'run_months') }} as run_months
    inner join {{ ref('stg_group_days') }} as sheet
        on
            sheet.day >= {{ add_months('run_months.month', -1) }}
            and sheet.day < {{ add_months('run_months.month', 1) }}
    group by run_months.month, sheet.group_id
),

judged as (
    select
        told.month,
        told.group_id,
        sum(told.members_active) / cast(sum(told.members_total) as double) as speaking,
        count(*) as n,
        min(told.day) as first_day,
        max(told.day) as last_day
    from told
    inner join ages on told.month = ages.month and told.group_id = ages.group_id
    group by told.month, told.group_id, ages.since
    having
        count(*) >= 7
        and avg(told.members_total) >= {{ setting('gaming_group_min_members') }}
        and max(told.day) - ages.since >= {{ setting('gaming_group_min_days') }}
),

exits as (
    select {{ month_of('exit_day') }} as month, group_id, count(*) as n_left
    from {{ ref('int_member_spells') }}
    where exit_kind = 'leave' and {{ in_run_months(month_of('exit_day')) }}
    group by {{ month_of('exit_day') }}, group_id
),

months as (
    select
        days.month,
        days.group_id,
        max(days.opening_members) as opening,
        case
            when bool_or(days.counts_members) then coalesce(max(exits.n_left), 0) else sum(days.members_left)
        end as n_left,
        min(days.day) as first_day,
        max(days.day) as last_day
    from {{ ref('int_group_days') }} as days
    left join exits on days.month = exits.month and days.group_id = exits.group_id
    group by days.month, days.group_id
),

found as (
    select
        month,
        group_id,
        'zombie_group' as rule_id,
        speaking as value,
        {{ setting('gaming_group_min_speaking') }} as threshold,
        n,
        first_day,
        last_day,
        median(speaking) over (partition by month) as expected,
        count(*) over (partition by month) as n_groups
    from judged

    union all

    select
        months.month,
        months.group_id,
        'leaving_group',
        months.n_left / cast(months.opening as double),
        {{ setting('gaming_group_max_leaving') }},
        cast(months.n_left as bigint),
        months.first_day,
        months.last_day,
        median(months.n_left / cast(months.opening as double)) over (partition by months.month),
        count(*) over (partition by months.month)
    from months
    inner join judged on months.month = judged.month and months.group_id = judged.group_id
    where months.opening >= {{ setting('gaming_group_min_members') }} and months.n_left is not null
),

incidents as (
    select *
    from found
    where
        case rule_id
            when 'zombie_group' then value < threshold and (n_groups < 5 or value < expected / 2)
            else value > threshold and (n_groups < 5 or value > expected * 2)
        end
)

select
    incidents.month,
    incidents.rule_id,
    {{ incident_id('incidents.rule_id', 'incidents.month', 'incidents.group_id') }} as incident_id,
    credit.person_id,
    credit.weight,
    'group' as subject_type,
    incidents.group_id as subject_id,
    case incidents.rule_id
        when 'zombie_group' then 'member_growth_rate;member_net_growth;members_closing;members_joined'
        else 'group_leave_rate;member_growth_rate;member_net_growth'
    end as kpi_scope,
    incidents.value,
    incidents.threshold,
    incidents.expected,
    incidents.n,
    incidents.first_day,
    incidents.last_day,
    'group_day' as record_type,
    told.record_id,
    told._content_id,
    told._row_no
from incidents
inner join told on incidents.month = told.month and incidents.group_id = told.group_id
inner join {{ ref('int_credit_community') }} as credit
    on told.record_id = credit.record_id and credit.record_type = 'group_day'
