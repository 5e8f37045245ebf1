-- A message that was decided, unless it is known. Parameters: alert, number, time, transition, title, message.
insert into store.alert_messages
select $1, $2, make_timestamptz($3), $4, $5, $6
where not exists (select 1 from store.alert_messages where alert_id = $1 and sequence = $2)
    and not exists (select 1 from store.notifications where alert_id = $1 and sequence = $2);
