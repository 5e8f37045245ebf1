-- Since when the leading serve sends a report to whom. Deletes what was known before. Parameter: whose rows.
delete from store.schedules where list_contains($1::varchar[], report);
