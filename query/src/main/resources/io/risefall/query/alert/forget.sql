-- Nobody has heard of this one.
delete from store.alerts where alert_id = $1;
