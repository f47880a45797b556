-- Content has up to three authors, each with a part of it; what others did has none and goes the plain way.
with windows as (
    {{ credit_windows() }}
),

authored as (
    select
        'article' as record_type,
        record_id,
        month,
        published_at as happened_at,
        account_id,
        author_1_key,
        author_2_key,
        author_3_key,
        author_1_weight,
        author_2_weight,
        author_3_weight
    from {{ ref('int_articles') }}
    union all
    select
        'content_item' as record_type,
        item_id as record_id,
        month,
        published_at as happened_at,
        account_id,
        author_1_key,
        author_2_key,
        author_3_key,
        author_1_weight,
        author_2_weight,
        author_3_weight
    from {{ ref('int_content_items') }}
    where {{ in_run_months('month') }}
    union all
    select
        'content_due' as record_type,
        item_id as record_id,
        due_month as month,
        due_at as happened_at,
        account_id,
        author_1_key,
        author_2_key,
        author_3_key,
        author_1_weight,
        author_2_weight,
        author_3_weight
    from {{ ref('int_content_items') }}
    where {{ in_run_months('due_month') }}
),

-- one row per author of a record; a record without authors is one part of nobody
slots as (
    select
        authored.record_type,
        authored.record_id,
        authored.month,
        authored.happened_at,
        authored.account_id,
        case authored.record_type when 'article' then authored.record_id end as article_id,
        -- one decision on an item is about its publication and about its deadline
        case authored.record_type when 'article' then null else authored.record_id end as item_id,
        case places.place
            when 1 then authored.author_1_key when 2 then authored.author_2_key else authored.author_3_key
        end as author_key,
        case
            when authored.author_1_weight + authored.author_2_weight + authored.author_3_weight = 0
                then case places.place when 1 then cast(1 as decimal(9, 6)) else cast(0 as decimal(9, 6)) end
            when places.place = 1 then authored.author_1_weight
            when places.place = 2 then authored.author_2_weight
            else authored.author_3_weight
        end as part
    from authored
    cross join (values (1), (2), (3)) as places (place)
),

claimed_slots as (
    {%- set claims = [
        ('override', 'article', 'slots.article_id'),
        ('override', 'content_item', 'slots.item_id'),
        ('actor', 'cms', 'slots.author_key'),
        ('roster', 'account', 'slots.account_id'),
        ('assignment', 'account', 'slots.account_id'),
    ] %}
    select
        slots.record_type,
        slots.record_id,
        slots.month,
        slots.part,
        {{ claimed_window('slot', claims) }} as window_id
    from slots
    {{ claim_joins('slot', 'slots.happened_at', 'slots.happened_at', claims) }}
    where slots.part > 0
),

mentions as (
    select *, happened_at as credited_at from {{ ref('int_publicity') }} where record_type = 'mention'
),

hashtag_posts as (
    select *, happened_at as credited_at from {{ ref('int_publicity') }} where record_type = 'hashtag_post'
),

ugc_items as (
    select *, happened_at as credited_at from {{ ref('int_publicity') }} where record_type = 'ugc_item'
),

audience_days as (
    select
        record_id,
        month,
        {{ midnight_utc('day', company_timezone()) }} as happened_at,
        {{ midnight_utc('day', company_timezone()) }} as credited_at,
        account_id
    from {{ ref('int_audience_days') }}
),

-- credited to whoever has the account when the followers have stayed for 30 days, in the month that counts them
follower_cohorts as (
    select
        record_id,
        month,
        {{ midnight_utc('mature_on', company_timezone()) }} as happened_at,
        {{ midnight_utc('mature_on', company_timezone()) }} as credited_at,
        account_id
    from {{ ref('int_follower_cohorts') }}
),

claimed as (
    select record_type, record_id, month, part, window_id from claimed_slots
    union all
    select record_type, record_id, month, cast(1 as decimal(9, 6)) as part, window_id
    from (
        {{ claimed_windows('mention', 'mentions', [
            ('override', 'mention', 'record_id'),
            ('assignment', 'campaign', 'campaign'),
            ('roster', 'account', 'account_id'),
            ('assignment', 'account', 'account_id'),
        ]) }}
        union all
        {{ claimed_windows('hashtag_post', 'hashtag_posts', [
            ('override', 'hashtag_post', 'record_id'),
            ('assignment', 'campaign', 'campaign'),
            ('roster', 'account', 'account_id'),
            ('assignment', 'account', 'account_id'),
        ]) }}
        union all
        {{ claimed_windows('ugc_item', 'ugc_items', [
            ('override', 'ugc_item', 'record_id'),
            ('actor', 'crm', 'collector_key'),
            ('assignment', 'campaign', 'campaign'),
            ('roster', 'account', 'account_id'),
            ('assignment', 'account', 'account_id'),
        ]) }}
        union all
        {{ claimed_windows('audience_day', 'audience_days', [
            ('override', 'account_day', 'record_id'),
            ('assignment', 'account', 'account_id'),
        ]) }}
        union all
        {{ claimed_windows('follower_cohort', 'follower_cohorts', [('assignment', 'account', 'account_id')]) }}
    ) as whole_records
),

credited as (
    select
        claimed.record_type,
        claimed.record_id,
        claimed.month,
        claimed.part,
        {{ credited_person('members') }}
    from claimed
    left join {{ ref('int_credit_windows') }} as members on claimed.window_id = members.window_id
),

-- an author may have two parts, or a part by name and another as the owner of the account
summed as (
    select
        record_type,
        record_id,
        month,
        person_id,
        segment_id,
        sum(cast(part as decimal(18, 12)) * weight) as exact_weight,
        min(rule_step) as rule_step
    from credited
    group by record_type, record_id, month, person_id, segment_id
),

cut as (
    select
        *,
        cast(floor(exact_weight * 1000000) as bigint) as millionths,
        row_number() over record_window as person_no,
        sum(cast(floor(exact_weight * 1000000) as bigint)) over (partition by record_type, record_id)
            as record_millionths
    from summed
    where exact_weight > 0
    window record_window as (
        partition by record_type, record_id order by exact_weight desc, person_id asc, segment_id asc
    )
)

select
    record_type,
    record_id,
    month,
    person_id,
    segment_id,
    -- the millionths that do not divide are the largest part's
    cast(
        (millionths + case person_no when 1 then 1000000 - record_millionths else 0 end) / 1000000 as decimal(9, 6)
    ) as weight,
    rule_step,
    'split' as credit_kind
from cut
