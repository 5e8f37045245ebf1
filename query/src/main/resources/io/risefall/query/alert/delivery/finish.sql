-- Nothing is left to do with it. Parameters: delivery, channel, state, why.
update store.notifications set state = $3, why = $4, due_at = null, message = null
where delivery_id = $1 and channel = $2;
