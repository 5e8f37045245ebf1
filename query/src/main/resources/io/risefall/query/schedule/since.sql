-- Since when is each report sent to whom? Parameters: report, receiver.
select epoch_us(since_at) as since_us from store.schedules where report = ? and receiver = ?;
