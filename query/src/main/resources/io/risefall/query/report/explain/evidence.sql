-- Which lines do some records follow from? Parameters, as lists: the keys of the records, their nodes. Of what has only a time,
-- the first line of the node at that time, and of a stop one about a proxy.
with asked as (
    select unnest(?::varchar[]) as record_key, unnest(?::varchar[]) as node
), recorded as (
    select asked.node, v.* from asked join store.evidence v using (record_key)
), begun as (
    select r.record_key, r.nth, min(s.pid) as pid from recorded r join store.signs s on s.node = r.node and s.first_at = r."at"
    where r.role = 'process_began' group by all
), lines as (
    select r.record_key, r.nth, e.* from recorded r
        join store.events e on e.source = r.source and e.position = r.position and e.repeat = r.repeat
    union all
    select r.record_key, r.nth, e.* from recorded r join store.events e on e.node = r.node and e."at" = r."at"
    where r.source is null
    qualify row_number() over (partition by r.record_key, r.nth
        order by r.rule = 'proxy_stopped' and e.kind <> 'proxy', e.source, e.position, e.repeat) = 1
)
select r.record_key, r.role, r.rule, r.left_out, epoch_us(r."at") as only_at_us, r.source || ':' || r.position as place, begun.pid as began_pid,
    l."at" is not null as is_line, epoch_us(l."at") as at_us, epoch_us(l.received_at) as received_us, l.proxy, l.server,
    l.pid, l.kind, l.agent, l.outcome, l.reason, l.code, l.duration_ms, l.health, l.threshold, l.state, l.up, l.active_left, l.backup_left, l.message, l.line,
    l.source, l.position, l.repeat, false as again
from recorded r left join lines l using (record_key, nth) left join begun using (record_key, nth)
order by r.record_key, r.nth;
