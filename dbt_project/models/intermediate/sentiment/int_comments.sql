-- What users said in public, each comment once, with what it expresses: as people say where they did, else as the tool
-- does.
with comments as (
    select
        *,
        -- ids are only told apart within one platform
        case network when '' then comment_id else network || '|' || comment_id end as record_id
    from {{ ref('stg_comments') }}
    where comment_id is not null and commented_at is not null
),

versions as (
    select * from {{ chosen_versions('comments', key=['record_id'], values=['commented_at', 'comment_hash']) }}
),

dated as (
    select
        *,
        {{ local_month('commented_at', company_timezone()) }} as month
    from versions
),

judged as (
    select
        comments.record_id,
        comments.commented_at,
        comments.month,
        coalesce(comments.account_id, comments._subject_id, '') as account_id,
        coalesce(comments.campaign, '') as campaign,
        -- a repost says nothing of its own, and what the company's own people write is no user's voice
        coalesce(comments.comment_kind, 'post') <> 'repost' and excluded.author_key is null as is_counted,
        by_people.label as people_label,
        by_tool.label as tool_label,
        by_tool.language,
        by_tool.score,
        by_tool.tool,
        by_tool.content_id is not null or by_people.record_id is not null as is_judged,
        comments.n_versions,
        comments.has_conflict,
        by_people._content_id as people_content_id,
        by_people._row_no as people_row_no,
        comments._content_id,
        comments._row_no
    from dated as comments
    left join {{ ref('stg_sentiment_labels') }} as by_tool
        on comments._content_id = by_tool.content_id and comments._row_no = by_tool.row_no
    left join {{ source('company', 'sentiment_labels') }} as by_people
        on comments.record_id = by_people.record_id and comments.month = by_people.month
    left join {{ source('company', 'excluded_authors') }} as excluded on comments.author_key = excluded.author_key
    where {{ in_run_months('comments.month') }}
)

select
    record_id,
    commented_at,
    month,
    account_id,
    campaign,
    is_counted,
    coalesce(people_label, tool_label) as label,
    case when people_label is not null then 'people' when tool_label is not null then 'tool' else '' end as labelled_by,
    language,
    case when people_label is null then score end as score,
    case when people_label is null then tool end as tool,
    is_judged,
    n_versions,
    has_conflict,
    -- evidence is the row that says what the comment expresses
    coalesce(people_content_id, _content_id) as _content_id,
    case when people_content_id is null then _row_no else people_row_no end as _row_no
from judged
