-- en: What does each table hold, and what do its columns mean?
-- zh: 每张表存什么，各列是什么意思？
-- note: The comments stand in the file itself, so any client that shows comments shows them.
select t.table_name, t.comment as table_comment, c.column_name, c.data_type, c.comment as column_comment
from duckdb_tables() as t
join duckdb_columns() as c using (table_name)
where not t.internal
order by t.table_name, c.column_index;
