-- Since when the leading serve sends a report to whom. Parameter: JSON lists of its rows.
insert into store.schedules by name
select unnest(told, recursive := true)
from (select unnest(from_json(rows, '[{
    "report": "VARCHAR", "receiver": "VARCHAR", "since_at": "TIMESTAMP WITH TIME ZONE"
    }]')) as told from (select unnest($1::varchar[]) as rows));
