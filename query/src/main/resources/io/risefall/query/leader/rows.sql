-- Which rows has a key, as JSON? Parameters: table, whose rows.
select case $1::varchar
    when 'alerts' then (select to_json(list(a)) from store.alerts a where alert_id = $2 and $1 = 'alerts')
    when 'alert_messages' then (
        select to_json(list(m order by sequence)) from store.alert_messages m where alert_id = $2 and $1 = 'alert_messages')
    when 'notifications' then (
        select to_json(list(n order by channel)) from store.notifications n where delivery_id = $2 and $1 = 'notifications')
    when 'schedules' then (
        select to_json(list(s order by receiver)) from store.schedules s where report = $2 and $1 = 'schedules')
    else (
        select to_json(list(r order by first_day, receiver)) from store.scheduled_reports r
        where report = $2 and $1 = 'scheduled_reports')
    end::varchar as told;
