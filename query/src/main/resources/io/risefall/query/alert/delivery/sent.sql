-- It was sent. Parameters: delivery, channel, attempts, time, answer, when it is sent again or null.
update store.notifications set state = 'sent', attempts = $3, sent_at = coalesce(sent_at, make_timestamptz($4)), answer = $5,
    last_error = null, due_at = make_timestamptz($6), message = case when make_timestamptz($6) is null then null else message end
where delivery_id = $1 and channel = $2;
