{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    meta={'keeps': 'lists'},
    pre_hook="{{ delete_files_not_read() }}"
) }}

-- A file never changes, so each is looked through once.
select
    _content_id,
    account_id,
    day,
    min(_row_no) as _row_no
from {{ ref('stg_follower_snapshots') }}
where
    day is not null
    and follower_key is not null
    and {{ only_files('_content_id', files_not_kept()) }}
group by _content_id, account_id, day
