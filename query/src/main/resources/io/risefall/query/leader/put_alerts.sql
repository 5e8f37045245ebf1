-- An alert as the leading serve has it. Parameter: JSON lists of its rows.
insert into store.alerts by name
select unnest(told, recursive := true)
from (select unnest(from_json(rows, '[{
    "alert_id": "VARCHAR", "state": "VARCHAR", "sequence": "INTEGER", "started_at": "TIMESTAMP WITH TIME ZONE",
    "opened_at": "TIMESTAMP WITH TIME ZONE", "closed_at": "TIMESTAMP WITH TIME ZONE",
    "ended_at": "TIMESTAMP WITH TIME ZONE", "said_at": "TIMESTAMP WITH TIME ZONE", "problem": "VARCHAR",
    "severity": "VARCHAR", "flapping": "BOOLEAN", "title": "VARCHAR", "servers": "INTEGER", "backends": "INTEGER",
    "nodes": "INTEGER", "incident_id": "VARCHAR", "body": "VARCHAR"
    }]')) as told from (select unnest($1::varchar[]) as rows));
