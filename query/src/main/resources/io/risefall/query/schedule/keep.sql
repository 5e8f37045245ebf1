-- The report of a period was given away. Parameters: report, receiver, first day, subject, now.
insert into store.scheduled_reports select ?, ?, ?::date, ?, make_timestamptz(?);
