-- In which states was a server in a range of time, as each node saw it? Parameters: proxy, server, end and begin of the range.
select node, server, state, cause, epoch_us(from_at) as from_us, epoch_us(to_at) as to_us
from store.state_times
where proxy = ? and server = ? and node not in (select node from store.folded_nodes)
    and from_at < make_timestamptz(?) and (to_at is null or to_at > make_timestamptz(?))
order by node, from_at;
