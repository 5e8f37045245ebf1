-- What became of a message at the leading serve. Parameter: JSON lists of its rows.
insert into store.notifications by name
select unnest(told, recursive := true)
from (select unnest(from_json(rows, '[{
    "delivery_id": "VARCHAR", "alert_id": "VARCHAR", "sequence": "INTEGER", "at": "TIMESTAMP WITH TIME ZONE",
    "transition": "VARCHAR", "title": "VARCHAR", "route": "VARCHAR", "channel": "VARCHAR", "kind": "VARCHAR",
    "target": "VARCHAR", "state": "VARCHAR", "why": "VARCHAR", "attempts": "INTEGER",
    "due_at": "TIMESTAMP WITH TIME ZONE", "sent_at": "TIMESTAMP WITH TIME ZONE", "answer": "VARCHAR",
    "last_error": "VARCHAR", "message": "VARCHAR"
    }]')) as told from (select unnest($1::varchar[]) as rows));
