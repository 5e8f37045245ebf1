-- What an alert has said last.
update store.alerts set sequence = $2, said_at = make_timestamptz($3), problem = $4, severity = $5, flapping = $6, title = $7,
    servers = $8, backends = $9, nodes = $10, incident_id = $11
where alert_id = $1;
