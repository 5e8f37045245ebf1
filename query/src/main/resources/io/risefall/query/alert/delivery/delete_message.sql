-- A message of which it is known to whom it goes.
delete from store.alert_messages where alert_id = $1 and sequence = $2;
