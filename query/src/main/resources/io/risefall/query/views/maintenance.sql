-- Who is or was in maintenance or drain, and for how long?
create or replace view maintenance as
select node, proxy, server, state, min(from_at) as from_at, case when bool_or(to_at is null) then null else max(to_at) end as to_at,
    greatest(0, epoch_ms(coalesce(case when bool_or(to_at is null) then null else max(to_at) end, any_value(until_at)))
        - epoch_ms(min(from_at)))::bigint as duration_ms,
    arg_min(cause, (from_at, cause)) as cause,
    bool_or(to_at is null) and epoch_ms(any_value(until_at)) - epoch_ms(min(from_at)) >= 86400000 as forgotten
from (
    select *, sum(begins) over (partition by node, proxy, server order by from_at) as spell
    from (
        select s.node, s.proxy, s.server, s.state, s.from_at, s.to_at, s.cause, known.until_at,
            (lag(s.to_at) over server is distinct from s.from_at or lag(s.state) over server <> s.state)::integer as begins
        from store.state_times s left join store.node_known known on known.node = s.node
        where s.node not in (select node from store.folded_nodes)
        window server as (partition by s.node, s.proxy, s.server order by s.from_at)
    )
)
where state in ('maint', 'drain')
group by node, proxy, server, state, spell;

comment on view maintenance is 'Times in which a server was in maintenance or drain.';
comment on column maintenance.node is 'The HAProxy host.';
comment on column maintenance.proxy is 'The backend.';
comment on column maintenance.server is 'The server.';
comment on column maintenance.state is 'maint or drain.';
comment on column maintenance.from_at is 'When it began.';
comment on column maintenance.to_at is 'When it ended; null while it lasts.';
comment on column maintenance.duration_ms is 'Its length; so far, while it lasts.';
comment on column maintenance.cause is 'What began it (see states).';
comment on column maintenance.forgotten is 'True if it lasts, for a day or longer. Reports take the limit from --forgotten-maintenance.';
