with items as (
    select * from {{ chosen_versions(
        ref('stg_content_items'),
        key=['item_id'],
        values=[
            'content_type', 'due_at', 'published_at', 'is_cancelled', 'platform_id',
            'author_1_key', 'author_2_key', 'author_3_key', 'author_1_share', 'author_2_share', 'author_3_share'
        ]
    ) }}
),

dated as (
    select
        *,
        {{ local_month('published_at', company_timezone()) }} as month,
        {{ local_month('due_at', company_timezone()) }} as due_month,
        -- shares count when every author has one; otherwise the authors share equally
        (author_1_key is null or author_1_share > 0)
        and (author_2_key is null or author_2_share > 0)
        and (author_3_key is null or author_3_share > 0) as has_shares
    from items
    where not is_cancelled
),

parts as (
    select
        *,
        case when author_1_key is null then 0 when has_shares then author_1_share else 1 end as part_1,
        case when author_2_key is null then 0 when has_shares then author_2_share else 1 end as part_2,
        case when author_3_key is null then 0 when has_shares then author_3_share else 1 end as part_3
    from dated
),

-- cut to a millionth; what does not divide is the first author's
later_weights as (
    select
        *,
        case
            when author_3_key is null then cast(0 as decimal(9, 6))
            else cast(floor(1000000 * part_3 / (part_1 + part_2 + part_3)) / 1000000 as decimal(9, 6))
        end as author_3_weight
    from parts
),

weights as (
    select
        *,
        case
            when author_2_key is null then cast(0 as decimal(9, 6))
            when author_1_key is null then cast(1 - author_3_weight as decimal(9, 6))
            else cast(floor(1000000 * part_2 / (part_1 + part_2 + part_3)) / 1000000 as decimal(9, 6))
        end as author_2_weight
    from later_weights
)

select
    item_id,
    content_type,
    due_at,
    due_month,
    published_at,
    month,
    coalesce(account_id, '') as account_id,
    platform_id,
    author_1_key,
    author_2_key,
    author_3_key,
    case
        when author_1_key is null then cast(0 as decimal(9, 6))
        else cast(1 - author_2_weight - author_3_weight as decimal(9, 6))
    end as author_1_weight,
    author_2_weight,
    author_3_weight,
    -- what was due when the log was exported and is not in it as published was not published in time
    due_at is not null and (published_at is not null or _exported_at is null or _exported_at > due_at) as is_judged,
    n_versions,
    has_conflict,
    _content_id,
    _row_no
from weights
