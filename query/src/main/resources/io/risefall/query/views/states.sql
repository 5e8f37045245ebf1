-- In which state was each server, and when?
create or replace view states as
select node, proxy, server, state, from_at, to_at, cause from store.state_times;

comment on view states is 'The states of each server: half-open intervals that neither overlap nor leave a hole.';
comment on column states.node is 'The HAProxy host.';
comment on column states.proxy is 'The backend.';
comment on column states.server is 'The server.';
comment on column states.state is 'up, down, maint, drain or unknown.';
comment on column states.from_at is 'When it began.';
comment on column states.to_at is 'When it ended; null while it lasts.';
comment on column states.cause is 'What began the state: a reason such as L4CON, maintenance, reload, …';
