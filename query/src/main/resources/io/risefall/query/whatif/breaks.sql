-- When were checks of a server interrupted, or their lines not received? Parameters: from when, to when.
select node, proxy, server, epoch_us(from_at) as from_us, epoch_us(to_at) as to_us,
    'maintenance' as why
from states where state = 'maint' and coalesce(to_at, 'infinity'::timestamptz) >= make_timestamptz(cast($1 as bigint))
    and from_at < make_timestamptz(cast($2 as bigint))
union all
select s.node, s.proxy, s.server, epoch_us(a.from_at), epoch_us(a.to_at), 'absence'
from store.absent_spans a join (select distinct node, proxy, server from store.own_states) s on s.node = a.node
where a.to_at >= make_timestamptz(cast($1 as bigint)) and a.from_at < make_timestamptz(cast($2 as bigint))
order by 1, 2, 3, 4;
