-- An attempt has failed. Parameters: delivery, channel, attempts, error, when it is tried again.
update store.notifications set attempts = $3, last_error = $4, due_at = make_timestamptz($5)
where delivery_id = $1 and channel = $2;
