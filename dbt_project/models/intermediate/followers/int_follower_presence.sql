-- A follower stands once in a list, however many files state it: the first of them counts.
select
    account_id,
    day,
    follower_key,
    min({{ version_order('_file_rank', '_row_no') }}) as version_no,
    min_by(followers_count, {{ version_order('_file_rank', '_row_no') }}) as followers_count,
    min_by(following_count, {{ version_order('_file_rank', '_row_no') }}) as following_count,
    min_by(post_count, {{ version_order('_file_rank', '_row_no') }}) as post_count,
    min_by(listed_count, {{ version_order('_file_rank', '_row_no') }}) as listed_count,
    min_by(has_url, {{ version_order('_file_rank', '_row_no') }}) as has_url,
    min_by(created_on, {{ version_order('_file_rank', '_row_no') }}) as created_on,
    min_by(_content_id, {{ version_order('_file_rank', '_row_no') }}) as _content_id,
    min_by(_row_no, {{ version_order('_file_rank', '_row_no') }}) as _row_no
from {{ ref('stg_follower_snapshots') }}
where day is not null and follower_key is not null
group by account_id, day, follower_key
