-- What became of a message at the leading serve. Deletes what was known before. Parameter: whose rows.
delete from store.notifications where list_contains($1::varchar[], delivery_id);
