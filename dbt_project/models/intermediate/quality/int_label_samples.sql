{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    pre_hook="{{ delete_run_months() }}",
    meta={'rows_without_exports': true}
) }}

-- The records that people are asked to judge, and the label that the pipeline holds of each. Drawn by a hash of their
-- names: everybody's draw is the same, nobody chooses what is looked at, and another run draws the same again.
with labelled as (
    select
        month,
        'sentiment' as label,
        'comments' as family,
        'positive_sentiment_share;user_sentiment_index' as kpi_scope,
        record_id,
        label as held,
        account_id,
        _content_id,
        _row_no
    from {{ ref('int_comments') }}
    where is_counted and labelled_by = 'tool' and label is not null and {{ in_run_months('month') }}

    union all

    select
        posts.month,
        'originality' as label,
        'x_posts' as family,
        'engagement_rate_original;original_content_share' as kpi_scope,
        posts.post_id as record_id,
        case when {{ original_flag('posts') }} then 'original' else 'not_original' end as held,
        posts.account_id,
        posts._content_id,
        posts._row_no
    from {{ ref('int_posts') }} as posts
    where
        {{ in_run_months('posts.month') }}
        and {{ is_own_post('posts') }}
        and {{ original_flag('posts') }} is not null

    union all

    select
        month,
        'follower' as label,
        'follower_lists' as family,
        'follower_retention_30d' as kpi_scope,
        account_id || '|' || follower_key as record_id,
        verdict as held,
        account_id,
        _content_id,
        _row_no
    from {{ ref('int_new_followers') }}
    where verdict in ('spam', 'clean') and {{ in_run_months('month') }}
),

drawn as (
    select
        *,
        row_number() over (
            -- of followers a draw of those called spam and one of the others: spam is rare
            partition by month, label, case label when 'follower' then held else '' end
            order by md5(label || '|' || record_id), record_id
        ) as place
    from labelled
)

select
    month,
    label,
    family,
    kpi_scope,
    record_id,
    held,
    account_id,
    cast(place as integer) as place,
    _content_id,
    _row_no
from drawn
where
    place <= case label
        when 'follower' then {{ setting('follower_audit_records') }}
        else {{ setting('label_audit_records') }}
    end
