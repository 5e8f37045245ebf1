-- The reports of which periods were given away? Parameters: report, receiver.
select first_day from store.scheduled_reports where report = ? and receiver = ?;
