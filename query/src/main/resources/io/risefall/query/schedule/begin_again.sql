-- A report is sent to somebody from now on after all. Parameters: now, report, receiver.
update store.schedules set since_at = make_timestamptz(?) where report = ? and receiver = ?;
