{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='append_new_columns',
    meta={'keeps': 'lists'},
    pre_hook=["{{ find_changed_lists(presence_states()) }}", "{{ delete_changed_lists() }}"],
    post_hook="{{ remember_lists() }}"
) }}

-- A follower stands once in a list, however many files state it: the first of them counts.
select
    stated.account_id,
    stated.day,
    stated.follower_key,
    min_by(stated.followers_count, {{ version_order('stated._file_rank', 'stated._row_no') }}) as followers_count,
    min_by(stated.following_count, {{ version_order('stated._file_rank', 'stated._row_no') }}) as following_count,
    min_by(stated.post_count, {{ version_order('stated._file_rank', 'stated._row_no') }}) as post_count,
    min_by(stated.listed_count, {{ version_order('stated._file_rank', 'stated._row_no') }}) as listed_count,
    min_by(stated.has_url, {{ version_order('stated._file_rank', 'stated._row_no') }}) as has_url,
    min_by(stated.created_on, {{ version_order('stated._file_rank', 'stated._row_no') }}) as created_on,
    min_by(stated._content_id, {{ version_order('stated._file_rank', 'stated._row_no') }}) as _content_id,
    min_by(stated._row_no, {{ version_order('stated._file_rank', 'stated._row_no') }}) as _row_no,
    lists.files
from {{ ref('stg_follower_snapshots') }} as stated
inner join {{ ref('int_follower_list_files') }} as lists
    on stated.account_id = lists.account_id and stated.day = lists.day
inner join {{ lists_to_make("select account_id, day from " ~ ref('int_follower_list_files')) }} as due
    on stated.account_id = due.account_id and stated.day = due.day
where
    stated.follower_key is not null
    and {{ only_files('stated._content_id', files_of_changed_lists()) }}
group by stated.account_id, stated.day, stated.follower_key, lists.files
