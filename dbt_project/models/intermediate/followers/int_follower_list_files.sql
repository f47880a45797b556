-- Which files state a list, in order, as one number: the same files in the same order are the same list.
select
    stated.account_id,
    stated.day,
    {{ fingerprint(['list(stated._content_id order by files.file_rank, stated._content_id)']) }} as files,
    min_by(stated._content_id, files.file_rank) as _content_id,
    min_by(stated._row_no, files.file_rank) as _row_no
from {{ ref('int_follower_files') }} as stated
inner join {{ source('landing', 'files') }} as files on stated._content_id = files.content_id
group by stated.account_id, stated.day
