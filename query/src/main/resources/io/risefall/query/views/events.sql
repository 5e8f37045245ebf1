-- What did HAProxy say of health, line by line?
create or replace view events as
select "at", received_at, node, pid, severity, kind, nullif(proxy, '') as proxy, server, message, source, position from store.events;

comment on view events is 'Every health line of HAProxy, unchanged; repeats included.';
comment on column events."at" is 'Event time, from the line.';
comment on column events.received_at is 'When the line was received; for a file, when it was read.';
comment on column events.node is 'The HAProxy host.';
comment on column events.pid is 'The HAProxy process; null if the line has none.';
comment on column events.severity is 'Syslog severity; null if the line has none.';
comment on column events.kind is 'switch, check, backend-empty, proxy, address, server-notice, server-snapshot, proxy-snapshot, connect-problem, master, or observed: the state of a server that HAProxy told when it was asked, or by lua/risefall.lua.';
comment on column events.proxy is 'The proxy that the line is about; null for lines of a master process about its workers.';
comment on column events.server is 'The server that the line is about; null if it is about a whole proxy.';
comment on column events.message is 'The message without its header.';
comment on column events.source is 'Where the line was read.';
comment on column events.position is 'Position in the source: for a file or journal, the offset of the first byte.';
