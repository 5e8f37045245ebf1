-- What waits to be sent, and which of what was sent is to be sent again by now?
select delivery_id, alert_id, sequence, channel, state, transition, attempts, epoch_us("at") as at_us, epoch_us(due_at) as due_us
from store.notifications
where state = 'due' or (state = 'sent' and due_at <= make_timestamptz(?))
order by "at", alert_id, sequence;
