-- When had a backend no server at all?
create or replace view backend_outages as
select b.node, b.proxy, b.started_at, b.ended_at,
    greatest(0, epoch_ms(coalesce(b.ended_at, known.until_at)) - epoch_ms(b.started_at)) as duration_ms,
    substr(md5(b.record_key), 1, 12) as backend_outage_id,
    b.ended_at is not null or not exists (
        select 1 from store.doubts d where d.node = b.node and d.proxy = b.proxy and d.to_at is null and d.from_at >= b.started_at
    ) as certain
from store.own_backend_outages b
left join store.node_known known on known.node = b.node;

comment on view backend_outages is 'Times in which a backend had no usable server.';
comment on column backend_outages.node is 'The HAProxy host.';
comment on column backend_outages.proxy is 'The backend.';
comment on column backend_outages.started_at is 'When its last server went down.';
comment on column backend_outages.ended_at is 'When the first server came back; null while it lasts.';
comment on column backend_outages.duration_ms is 'Its length; of an open one, its length so far, up to the end of the log.';
comment on column backend_outages.backend_outage_id is 'Its id. It does not change when the outage ends.';

comment on column backend_outages.certain is 'False if it is open and Risefall was away since it began: a server without a line since then may be back (see doubts).';
