-- Leads of the months of the run and of the half year before: a lead counts again in the month in which it has had its
-- time to become a customer, and an order is led back to the lead that its customer once was.
with leads as (
    select * from {{ chosen_versions(
        ref('stg_leads'),
        key=['lead_id'],
        values=['customer_key', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'owner_key']
    ) }}
),

-- orders of these customers alone; what counts is what int_orders counts, of months that this run does not build too
orders_in_files as (
    select
        account_id,
        order_name,
        _file_rank,
        max(customer_key) as customer_key,
        min(ordered_at) as ordered_at,
        max(total_amount) as total_amount,
        max(cancelled_at) as cancelled_at,
        max(financial_status) as financial_status,
        max(tags) as tags
    from {{ ref('stg_shopify_order_lines') }}
    where customer_key in (select leads.customer_key from leads where leads.customer_key is not null)
    group by account_id, order_name, _file_rank
),

orders as (
    select
        *,
        row_number() over (partition by account_id, order_name order by _file_rank desc) as from_last
    from orders_in_files
),

first_orders as (
    select
        leads.lead_id,
        min(orders.ordered_at) as ordered_at
    from leads
    inner join orders on leads.customer_key = orders.customer_key and orders.ordered_at >= leads.created_at
    where
        orders.from_last = 1
        and orders.cancelled_at is null
        and coalesce(orders.total_amount, 0) <> 0
        and coalesce(orders.financial_status not in ('voided', 'expired'), true)
        and not coalesce(
            list_contains(
                list_transform(string_split(orders.tags, ','), lambda tag: trim(tag)), 'test'  -- noqa: RF02
            ),
            false
        )
    group by leads.lead_id
),

followed as (
    select
        leads.*,
        {{ add_minutes('leads.created_at', '1440 * cast(settings.lead_conversion_days as bigint)') }} as matures_at,
        least(case when leads.converted_at >= leads.created_at then leads.converted_at end, first_orders.ordered_at)
            as customer_at,
        -- the same form sent again is the same lead
        coalesce(
            leads.customer_key is not null
            and lag(leads.created_at) over (partition by leads.customer_key order by leads.created_at, leads.lead_id)
            > {{ add_minutes('leads.created_at', '-1440 * cast(settings.lead_conversion_days as bigint)') }},
            false
        ) as is_repeat
    from leads
    cross join {{ source('company', 'settings') }} as settings
    left join first_orders on leads.lead_id = first_orders.lead_id
),

required_fields as (
    select
        count(*) as n_required,
        max(case when word = 'name' then 1 else 0 end) as wants_name,
        max(case when word = 'email' then 1 else 0 end) as wants_email,
        max(case when word = 'phone' then 1 else 0 end) as wants_phone,
        max(case when word = 'company' then 1 else 0 end) as wants_company
    from {{ source('company', 'lead_words') }}
    where meaning = 'required'
),

told as (
    select
        followed.*,
        case when followed.customer_at < followed.matures_at and not followed.is_repeat then followed.customer_at end
            as won_at,
        required_fields.n_required,
        -- a field that the export does not have is unknown, and so is the number
        case when required_fields.wants_name = 1 then cast(followed.has_name as integer) else 0 end
        + case when required_fields.wants_email = 1 then cast(followed.has_email as integer) else 0 end
        + case when required_fields.wants_phone = 1 then cast(followed.has_phone as integer) else 0 end
        + case when required_fields.wants_company = 1 then cast(followed.has_company as integer) else 0 end
            as n_filled,
        qualified.word is not null as is_qualified,
        utm_sources.utm_source is not null as is_from_x
    from followed
    cross join required_fields
    left join {{ source('company', 'utm_sources') }} as utm_sources on followed.utm_source = utm_sources.utm_source
    left join {{ source('company', 'lead_words') }} as qualified
        on followed.status = qualified.word and qualified.meaning = 'qualified'
)

select
    lead_id,
    created_at,
    {{ local_month('created_at', company_timezone()) }} as month,
    customer_key,
    utm_source,
    utm_medium,
    utm_campaign,
    utm_content,
    has_upper_case,
    is_from_x,
    owner_key,
    status,
    is_qualified,
    is_repeat,
    cast(n_filled as integer) as n_filled,
    cast(n_required as integer) as n_required,
    matures_at,
    {{ local_month('matures_at', company_timezone()) }} as mature_month,
    won_at,
    {{ local_month('won_at', company_timezone()) }} as won_month,
    n_versions,
    has_conflict,
    _content_id,
    _row_no
from told
where created_at is not null
