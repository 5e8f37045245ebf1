-- Which words can stand in a query: views and their columns, with what they are, functions, and words of SQL.
select view_name as word, 'views' as kind, view_name as "view", null as type, comment as note, 0 as place
from duckdb_views() where not internal and schema_name = 'main'
union all
select column_name, 'columns', table_name, lower(data_type), comment, column_index
from duckdb_columns() where not internal and schema_name = 'main'
union all
select distinct function_name || '(', 'functions', null, null, null, 0
from duckdb_functions() where regexp_full_match(function_name, '[a-z][a-z_0-9]*')
union all
select keyword_name, 'words', null, null, null, 0 from duckdb_keywords() where regexp_full_match(keyword_name, '[a-z_]+')
order by "view" nulls last, place, word, kind
