-- By which keys do others learn of what people were told?
select 'alerts/' || alert_id as key from store.alerts
union
select 'alert_messages/' || alert_id from store.alert_messages
union
select 'notifications/' || delivery_id from store.notifications
union
select 'schedules/' || report from store.schedules
union
select 'scheduled_reports/' || report from store.scheduled_reports;
