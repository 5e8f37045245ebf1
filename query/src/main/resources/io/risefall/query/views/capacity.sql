-- How many servers did each backend have left, and for how long?
create or replace view store.capacity_edges as
select node, proxy, "at", sum(one * (not backup)::integer)::bigint as actives, sum(one * (not backup and state = 'up')::integer)::bigint as active,
    sum(one * (backup and state = 'up')::integer)::bigint as backup, sum(one * (not backup and state = 'unknown')::integer)::bigint as unknown,
    sum(one * (backup and state = 'unknown')::integer)::bigint as unknown_backup, sum(one)::bigint as servers
from (
    select node, proxy, backup, state, from_at as "at", 1 as one from store.fleet_state_times
    union all
    select node, proxy, backup, state, to_at, -1 from store.fleet_state_times where to_at is not null
)
group by node, proxy, "at";

create or replace view capacity as
select l.node, l.proxy, l.from_at, l.to_at,
    greatest(0, epoch_ms(coalesce(l.to_at, known.until_at)) - epoch_ms(l.from_at))::bigint as duration_ms, l.servers::bigint as servers,
    l.active::bigint as active_up, l.backup::bigint as backup_up, (l.unknown + l.unknown_backup)::bigint as unknown,
    case when l.active > 1 then 'several' when l.active = 1 and l.actives = 1 then 'only' when l.active = 0 and l.unknown > 0 then 'unknown'
        when l.active = 1 and l.unknown > 0 then 'unknown' when l.active = 1 then 'one' when l.backup > 0 then 'backup'
        when l.unknown_backup > 0 then 'unknown' else 'none' end as level
from (
    select node, proxy, "at" as from_at, lead("at") over backend as to_at, sum(actives) over backend as actives,
        sum(active) over backend as active, sum(backup) over backend as backup, sum(unknown) over backend as unknown,
        sum(unknown_backup) over backend as unknown_backup, sum(servers) over backend as servers
    from store.capacity_edges
    where actives <> 0 or active <> 0 or backup <> 0 or unknown <> 0 or unknown_backup <> 0 or servers <> 0
    window backend as (partition by node, proxy order by "at")
) l
left join store.node_known known on known.node = l.node
where l.servers > 0;

create or replace view capacity_day as
select p.day, p.node, p.proxy, coalesce(sum(ms) filter (where level = 'one'), 0)::bigint as one_ms,
    coalesce(sum(ms) filter (where level = 'backup'), 0)::bigint as backup_ms,
    coalesce(sum(ms) filter (where level = 'none'), 0)::bigint as none_ms,
    coalesce(sum(ms) filter (where level = 'unknown'), 0)::bigint as unknown_ms
from (
    select local_day::date as day, node, proxy, level,
        least(epoch_ms(from_at) + duration_ms, epoch_ms((local_day + interval 1 day) at time zone zone))
            - greatest(epoch_ms(from_at), epoch_ms(local_day at time zone zone)) as ms
    from (
        select c.*, settings.zone, unnest(generate_series(
            date_trunc('day', from_at at time zone settings.zone),
            date_trunc('day', (from_at + to_milliseconds(greatest(duration_ms, 1) - 1)) at time zone settings.zone), interval 1 day)) as local_day
        from capacity c, (select any_value(zone) as zone from store.settings) settings
    )
) p
where not exists (select 1 from role_backends r where r.node = p.node and r.proxy = p.proxy)
group by p.day, p.node, p.proxy;

comment on view capacity is 'How many servers of a backend were usable, in intervals in which this does not change. Draining servers take no new clients and do not count. Servers without a line are not known.';
comment on column capacity.node is 'The HAProxy host.';
comment on column capacity.proxy is 'The backend.';
comment on column capacity.from_at is 'Start of the interval.';
comment on column capacity.to_at is 'End of the interval; null while it lasts.';
comment on column capacity.duration_ms is 'Its length; so far, while it lasts.';
comment on column capacity.servers is 'Servers that are known, in any state.';
comment on column capacity.active_up is 'How many that are no backup were up.';
comment on column capacity.backup_up is 'How many backup servers were up.';
comment on column capacity.unknown is 'Of how many the state is unknown.';
comment on column capacity.level is 'several: more than one active server up. one: one of several. only: the one active server that is known. backup: only backup servers. none: no server. unknown: it depends on servers whose state is unknown.';
comment on view capacity_day is 'How long each backend was near its end, per node and day in the report zone. Without role backends, where one server is up by design, and without the time in which a backend''s only active server was up.';
comment on column capacity_day.day is 'The day in the report zone.';
comment on column capacity_day.node is 'The HAProxy host.';
comment on column capacity_day.proxy is 'The backend.';
comment on column capacity_day.one_ms is 'Time with one active server of several.';
comment on column capacity_day.backup_ms is 'Time with backup servers only.';
comment on column capacity_day.none_ms is 'Time without any server.';
comment on column capacity_day.unknown_ms is 'Time in which it depends on servers whose state is unknown.';
