-- What was wrong in a time, as far as it is known now? In order of the begin. Parameters: start, end, below how many usable servers a
-- backend is low (0: none), how many milliseconds a node must be silent at least. What begins in the time.
with parameters as (
    select make_timestamptz($1) as from_at, make_timestamptz($2) as to_at, $3::bigint as low_below, $4::bigint as silent_ms
), roles as materialized (
    select distinct node, proxy from role_backends
)
select t.*, exists (from roles r where r.node = t.node and r.proxy = t.proxy) as role
from (
    select 'DOWN' as kind, substr(md5(record_key), 1, 12) as id, node, o.proxy, server, epoch_us(started_at) as from_us,
        epoch_us(started_at) as since_us, reason, coalesce(reason_text, 'tracks ' || via) as words,
        least(600000, greatest(10000, coalesce(3 * c.interval_ms, 0))) as near_ms, epoch_us(ended_at) as ended_us, ended_by
    from store.own_outages o left join store.check_intervals c on c.proxy = o.proxy, parameters p
    where started_at >= p.from_at and started_at < p.to_at
    union all
    select 'FLAPPING', substr(md5(record_key), 1, 12), node, proxy, server, epoch_us(started_at), epoch_us(started_at), null, null,
        10000, epoch_us(calm_at), 'up'
    from store.own_flapping, parameters p where started_at >= p.from_at and started_at < p.to_at
    union all
    select 'EMPTY', substr(md5(record_key), 1, 12), node, proxy, '', epoch_us(started_at), epoch_us(started_at), null, null,
        10000, epoch_us(ended_at), 'up'
    from store.own_backend_outages, parameters p where started_at >= p.from_at and started_at < p.to_at
    union all
    select 'LOW', node || '/' || proxy || ' ' || epoch_us(c.from_at), node, proxy, '', epoch_us(c.from_at), epoch_us(c.from_at), null,
        (active_up + backup_up) || ' of ' || servers, 10000, epoch_us(c.to_at), 'up'
    from capacity c, parameters p
    where p.low_below > 0 and c.from_at >= p.from_at and c.from_at < p.to_at and active_up + backup_up > 0
        and active_up + backup_up < p.low_below and active_up + backup_up < servers
    union all
    select 'SILENT', node || ' ' || epoch_us(s.from_at), node, '', '', became_us, epoch_us(s.from_at), null, null, 600000,
        epoch_us(s.to_at), 'up'
    from (
        select silences.*, epoch_us(from_at) + 1000 * greatest(600000, 3 * habit_ms, parameters.silent_ms) as became_us
        from silences, parameters
    ) s, parameters p
    where became_us >= epoch_us(p.from_at) and became_us < epoch_us(p.to_at)
        and (s.to_at is null and became_us <= epoch_us(now()) or epoch_us(s.to_at) > became_us)
) t
order by from_us, kind, id;
