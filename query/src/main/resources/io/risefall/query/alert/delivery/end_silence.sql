-- Silenced notifications of an alert need no further look.
update store.notifications set due_at = null, message = null
where alert_id = $1 and state = 'silenced'
returning delivery_id;
