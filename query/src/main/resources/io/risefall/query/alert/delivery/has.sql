-- Was a message ever to be sent to a channel? Parameters: its id, channel.
select 1 from store.notifications where delivery_id = ? and channel = ? limit 1;
