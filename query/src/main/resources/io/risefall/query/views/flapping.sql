-- Which servers flapped, by RFC 2439 damping?
create or replace view flapping as
select node, proxy, server, started_at, case when calm_at <= now() then calm_at end as ended_at, downs, peak_penalty
from store.own_flapping;

comment on view flapping is 'Flapping episodes: from the DOWN that raised the penalty to the limit until the penalty has decayed.';
comment on column flapping.node is 'The HAProxy host.';
comment on column flapping.proxy is 'The backend.';
comment on column flapping.server is 'The server.';
comment on column flapping.started_at is 'When the penalty reached the limit.';
comment on column flapping.ended_at is 'When the penalty had decayed; null until then.';
comment on column flapping.downs is 'DOWNs of the episode, including those that led to it.';
comment on column flapping.peak_penalty is 'Highest penalty reached.';
