-- Which reports the leading serve has given away. Deletes what was known before. Parameter: whose rows.
delete from store.scheduled_reports where list_contains($1::varchar[], report);
