-- A new alert, unless it is known.
insert into store.alerts (alert_id, state, sequence, started_at, flapping)
select $1, 'held', 0, make_timestamptz($2), false where $1 not in (select alert_id from store.alerts);
