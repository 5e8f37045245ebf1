-- A message that the leading serve has decided. Deletes what was known before. Parameter: whose rows.
delete from store.alert_messages where list_contains($1::varchar[], alert_id);
