-- Which alerts were there?
create or replace view alerts as
select alert_id, state, problem, severity, started_at, opened_at, closed_at, ended_at, title, servers, backends, nodes, flapping,
    sequence as messages, said_at as last_message_at, incident_id
from store.alerts where sequence > 0;

comment on view alerts is 'Alerts about which at least one message was made, as they are now.';
comment on column alerts.alert_id is 'Its id, from the first to the last message.';
comment on column alerts.state is 'open or closed. A closed one can open again for a few minutes.';
comment on column alerts.problem is 'pipeline_silent, node_silent, servers_down, capacity_low or backend_empty: of an open one as its last message said, of a closed one the worst that was.';
comment on column alerts.severity is 'warning or critical.';
comment on column alerts.started_at is 'When what it is about began.';
comment on column alerts.opened_at is 'When its first message was made.';
comment on column alerts.closed_at is 'When the message was made that it is over; null while it is open.';
comment on column alerts.ended_at is 'When the last of what it is about was over; null while it is open.';
comment on column alerts.title is 'The last message in one sentence.';
comment on column alerts.servers is 'Servers of the fleet in it, each once.';
comment on column alerts.backends is 'Backends of the fleet in it, each once.';
comment on column alerts.nodes is 'HAProxy hosts that saw it.';
comment on column alerts.flapping is 'True if a server of it flapped when the last message was made.';
comment on column alerts.messages is 'How many messages were made; also the sequence of the last.';
comment on column alerts.last_message_at is 'When the last message was made.';
comment on column alerts.incident_id is 'The incident with the same outages (see incidents); null if it is not about servers. It can differ where the incident has changed since.';
