-- Which reports the leading serve has given away. Parameter: JSON lists of its rows.
insert into store.scheduled_reports by name
select unnest(told, recursive := true)
from (select unnest(from_json(rows, '[{
    "report": "VARCHAR", "receiver": "VARCHAR", "first_day": "DATE", "subject": "VARCHAR",
    "written_at": "TIMESTAMP WITH TIME ZONE"
    }]')) as told from (select unnest($1::varchar[]) as rows));
