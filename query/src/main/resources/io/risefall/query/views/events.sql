-- What did HAProxy say of health, line by line?
create or replace view events as
select "at", received_at, node, pid, severity, kind, nullif(proxy, '') as proxy, server, message, source, position from store.events;

comment on view events is 'Every health line that HAProxy printed, in its words; repeats included.';
comment on column events."at" is 'Event time, from the line.';
comment on column events.received_at is 'When it was received; for a file when it was read.';
comment on column events.node is 'The HAProxy host.';
comment on column events.pid is 'The HAProxy process; null where the log has none.';
comment on column events.severity is 'Syslog severity; null where the log has none.';
comment on column events.kind is 'switch, check, backend-empty, proxy, address, server-notice, server-snapshot, proxy-snapshot, connect-problem or master.';
comment on column events.proxy is 'The proxy it is about; null for what a master process says of its workers.';
comment on column events.server is 'The server it is about; null for a whole proxy.';
comment on column events.message is 'What was said, without the header.';
comment on column events.source is 'Where it was read.';
comment on column events.position is 'Where in the source: the offset of its first byte in a file or journal.';
