-- It is to be sent after all. Parameters: delivery, channel, time.
update store.notifications set state = 'due', due_at = make_timestamptz($3)
where delivery_id = $1 and channel = $2;
