-- From now on, a report is sent to somebody. Parameters: report, receiver, now.
insert into store.schedules select ?, ?, make_timestamptz(?);
