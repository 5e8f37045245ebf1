-- What began to be wrong in a time, as far as it is known now? In order of the begin. Parameters: start, end, how many milliseconds a node
-- must be silent at least.
with period as (
    select make_timestamptz($1) as from_at, make_timestamptz($2) as to_at, $3::bigint as silent_ms
), silent as (
    select s.*, epoch_us(s.from_at) + 1000 * greatest(600000, 3 * s.habit_ms, p.silent_ms) as became_us
    from silences s, period p
)
select 'DOWN' as kind, substr(md5(record_key), 1, 12) as id, node, o.proxy, server, epoch_us(started_at) as from_us,
    epoch_us(started_at) as since_us, reason, coalesce(reason_text, 'tracks ' || via) as words,
    least(600000, greatest(10000, coalesce(3 * c.interval_ms, 0))) as near_ms, epoch_us(ended_at) as ended_us, ended_by
from store.own_outages o left join store.check_intervals c on c.proxy = o.proxy, period p
where started_at >= p.from_at and started_at < p.to_at
union all
select 'FLAPPING', substr(md5(record_key), 1, 12), node, proxy, server, epoch_us(started_at), epoch_us(started_at), null, null,
    10000, epoch_us(calm_at), 'up'
from store.own_flapping, period p where started_at >= p.from_at and started_at < p.to_at
union all
select 'EMPTY', substr(md5(record_key), 1, 12), node, proxy, '', epoch_us(started_at), epoch_us(started_at), null, null,
    10000, epoch_us(ended_at), 'up'
from store.own_backend_outages, period p where started_at >= p.from_at and started_at < p.to_at
union all
select 'SILENT', node || ' ' || epoch_us(s.from_at), node, '', '', became_us, epoch_us(s.from_at), null, null, 600000,
    epoch_us(s.to_at), 'up'
from silent s, period p
where became_us >= epoch_us(p.from_at) and became_us < epoch_us(p.to_at) and coalesce(epoch_us(s.to_at), epoch_us(now())) > became_us
order by from_us, kind, id;
