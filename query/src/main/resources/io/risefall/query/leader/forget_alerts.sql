-- An alert as the leading serve has it. Deletes what was known before. Parameter: whose rows.
delete from store.alerts where list_contains($1::varchar[], alert_id);
