-- What is wrong in the fleet now? A row is one thing that lasts, as one node sees it, of nodes whose log tells of now. Parameters:
-- now, how many milliseconds a node must be silent at least.
with parameters as (
    select make_timestamptz($1) as now_at, $2::bigint as silent_ms
), fresh as (
    select node from store.node_known, parameters where until_at > now_at - interval 1 minute
), down as materialized (
    select * from store.own_outages where ended_at is null and node in (select node from fresh)
)
select 'DOWN' as kind, substr(md5(record_key), 1, 12) as id, node, down.proxy, server, epoch_us(started_at) as from_us,
    epoch_us(started_at) as since_us, reason, coalesce(reason_text, 'tracks ' || via) as words,
    least(600000, greatest(10000, coalesce(3 * c.interval_ms, 0))) as near_ms
from down left join store.check_intervals c on c.proxy = down.proxy
union all
select 'FLAPPING', substr(md5(record_key), 1, 12), f.node, f.proxy, f.server, epoch_us(started_at), epoch_us(started_at), null, null,
    10000
from store.own_flapping f, parameters where calm_at > now_at and f.node in (select node from fresh)
union all
select 'EMPTY', substr(md5(record_key), 1, 12), b.node, b.proxy, '', epoch_us(started_at), epoch_us(started_at), null, null, 10000
from store.own_backend_outages b where ended_at is null and b.node in (select node from fresh)
union all
select 'SILENT', s.node || ' ' || epoch_us(s.from_at), s.node, '', '',
    epoch_us(s.from_at) + 1000 * greatest(600000, 3 * s.habit_ms, silent_ms), epoch_us(s.from_at), null, null, 600000
from silences s, parameters where s.to_at is null and s.duration_ms > silent_ms;
