-- In which states was a server in a range of time, as each node saw it? Parameters: proxy, server, end and begin of the range.
with touching as (
    select * from store.own_states
    where proxy = $1::varchar and server = $2::varchar and node not in (select node from store.folded_nodes)
        and from_at < make_timestamptz($3::bigint) and (to_at is null or to_at > make_timestamptz($4::bigint))
)
select node, server, state, cause, epoch_us(from_at) as from_us, epoch_us(to_at) as to_us
from store.state_times_of('touching')
where from_at < make_timestamptz($3::bigint) and (to_at is null or to_at > make_timestamptz($4::bigint))
order by node, from_at;
