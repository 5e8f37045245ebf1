-- A message that the leading serve has decided. Parameter: JSON lists of its rows.
insert into store.alert_messages by name
select unnest(told, recursive := true)
from (select unnest(from_json(rows, '[{
    "alert_id": "VARCHAR", "sequence": "INTEGER", "at": "TIMESTAMP WITH TIME ZONE", "transition": "VARCHAR",
    "title": "VARCHAR", "message": "VARCHAR"
    }]')) as told from (select unnest($1::varchar[]) as rows));
