-- What do the health lines say that a warehouse of version 15 or older has written? Since then the writer tells it: here the words
-- are parsed, once.
update store.events set
    up = case when regexp_matches(message, '^(Backup )?Server [^ ]+( \(''[^'']*''\))? is UP') then true
        when regexp_matches(message, '^(Backup )?Server [^ ]+( \(''[^'']*''\))? is DOWN')
            and not contains(message, ' is DOWN for maintenance') then false end,
    active_left = try_cast(regexp_extract(message, '\. (\d+) active and (\d+) backup servers', 1) as integer),
    backup_left = try_cast(regexp_extract(message, '\. (\d+) active and (\d+) backup servers', 2) as integer),
    duration_ms = try_cast(regexp_extract(message, '.*check duration: (\d+)ms', 1) as bigint),
    reason = (
        select status from (values
            ('Unknown', 'UNK'), ('Initializing', 'INI'), ('No status change', 'CHECKED'), ('Health analyze', 'HANA'),
            ('Socket error', 'SOCKERR'), ('Layer4 check passed', 'L4OK'), ('Layer4 timeout', 'L4TOUT'),
            ('Layer4 connection problem', 'L4CON'), ('Layer6 check passed', 'L6OK'), ('Layer6 timeout', 'L6TOUT'),
            ('Layer6 invalid response', 'L6RSP'), ('Layer7 timeout', 'L7TOUT'), ('Layer7 invalid response', 'L7RSP'),
            ('Layer7 check passed', 'L7OK'), ('Layer7 check conditionally passed', 'L7OKC'), ('Layer7 wrong status', 'L7STS'),
            ('External check error', 'PROCERR'), ('External check timeout', 'PROCTOUT'), ('External check passed', 'PROCOK')
        ) statuses(words, status)
        where words = regexp_extract(message, ', reason: ([^,.]*)', 1))
where kind = 'switch';
update store.events set old_name = nullif(regexp_extract(message, ' renamed from ''([^'']*)''', 1), '')
where kind = 'server-notice';
update store.events
set address = nullif(regexp_extract(message, 'IP (?:changed )?from .* to ''?([0-9A-Fa-f.:]+)''? by', 1), '')
where kind = 'address';
