-- What was sent before is not sent again. Parameters: alert, channel, number of the message.
update store.notifications set due_at = null, message = null
where alert_id = $1 and channel = $2 and sequence < $3 and state = 'sent' and due_at is not null
returning delivery_id;
