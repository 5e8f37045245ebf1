-- Which nodes are one host under two names? Nearly all lines of the one while the other logs must be lines of the other too.
delete from store.same_hosts;
insert into store.same_hosts
with pairs as (
    select node, host, sum(copies) as copies, sum(exact) as exact, max(high_pid) as high_pid, bool_or(one_source) as one_source,
        store.is_no_name(node) as no_name, store.is_no_name(host) as host_no_name
    from store.host_copies group by node, host
), logged as (
    select node, count(*) as lines, min("at") as first_at, max("at") as last_at
    from store.events where kind = 'switch' and node in (select node from pairs) group by node
), common as (
    select p.node, p.host, count(*) as lines
    from pairs p join logged h on h.node = p.host
        join store.events e on e.node = p.node and e.kind = 'switch'
            and e."at" between h.first_at - interval 2 second and h.last_at + interval 2 second
    group by p.node, p.host
), alike as (
    select p.*, s.lines, p.copies >= 0.95 * s.lines as repeats_all,
        -- The pid is that of one process on one host, or HAProxy's own stamp is the same to the microsecond.
        p.high_pid >= 300 or p.exact > 0 as one_process
    from pairs p join common c on c.node = p.node and c.host = p.host join logged s on s.node = p.node
    where p.copies >= 0.95 * c.lines
), counted as (
    select *, count(*) filter (where not host_no_name) over (partition by node) as names from alike
), folded as (
    select node, host, copies from counted
    where no_name and not host_no_name and names = 1 and repeats_all and one_process
), likely as (
    select a.node, a.host, a.copies
    from counted a join counted b on b.node = a.host and b.host = a.node
    where case when a.no_name <> a.host_no_name
            then if(a.no_name, a.names, b.names) = 1 and (a.one_process or a.one_source)
            else a.copies >= 3 and (a.exact >= 3 or a.high_pid >= 300) end
        -- Of the two the one that logs less is the other name.
        and (a.lines, not a.no_name, b.node) < (b.lines, not b.no_name, a.node)
        and a.node not in (select node from folded) and a.host not in (select node from folded)
)
select node, host, true, copies from folded
union all
select node, arg_max(host, copies), false, max(copies) from likely group by node;
