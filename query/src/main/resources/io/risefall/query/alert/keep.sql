-- How far an alert has come.
update store.alerts set state = $2, started_at = make_timestamptz($3), opened_at = coalesce(opened_at, make_timestamptz($4)),
    closed_at = make_timestamptz($5), ended_at = case when $2 = 'closed' then make_timestamptz($6) end, body = $7
where alert_id = $1;
