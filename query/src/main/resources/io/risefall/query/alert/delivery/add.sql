-- A new notification.
insert into store.notifications (delivery_id, alert_id, sequence, "at", transition, title, route, channel, kind, target, state, why,
    attempts, due_at, message)
values ($1, $2, $3, make_timestamptz($4), $5, $6, $7, $8, $9, $10, $11, $12, 0, make_timestamptz($13), $14);
