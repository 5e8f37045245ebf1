-- Which alerts are open, and was nobody told of what was silenced? The latest message of each.
select alert_id, arg_max(delivery_id, sequence) as delivery_id, max(sequence) as sequence, arg_max(epoch_us("at"), sequence) as at_us,
    arg_max(transition, sequence) as transition, arg_max(title, sequence) as title, arg_max(message, sequence) as message
from store.notifications
where state = 'silenced' and due_at is not null
group by alert_id
order by alert_id;
