-- How many servers can take traffic now, of how many that are not in maintenance? Of those that no line names, by the counts of
-- HAProxy's own latest DOWN line: a server that was up since the log began has no line.
create or replace view store.usable_servers as
with counted as (
    select node, proxy, max(started_at) as "at",
        arg_max(active_left + backup_left, (started_at, -active_left - backup_left)) as usable
    from store.own_outages where active_left is not null group by node, proxy
), named as (
    select s.node, s.proxy, count(*) filter (where s.to_at is null and s.state = 'up') as up,
        count(*) filter (where s.to_at is null and s.state in ('up', 'down', 'drain')) as configured,
        count(*) filter (where s.state = 'up' and s.from_at <= c."at" and (s.to_at is null or s.to_at > c."at")) as up_then,
        count(distinct s.server) as named,
        count(distinct s.server) - count(distinct s.server) filter (where s.from_at <= c."at") as named_since,
        any_value(c.usable) as usable_then
    from store.own_states s left join counted c on c.node = s.node and c.proxy = s.proxy
    group by s.node, s.proxy
)
select node, proxy, up + unnamed as usable, configured + unnamed as configured, named, unnamed
from (
    select *, case when usable_then is null then 0 else greatest(0, usable_then - up_then - named_since) end as unnamed from named
);
