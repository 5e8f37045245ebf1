-- In which state was each server of a node since a process began? And when did a line first say DOWN? A row for each state.
-- Parameters: the node, when the process began.
with asked as (
    select ?::varchar as node, make_timestamptz(?::bigint) as began_at
), said as (
    select e.proxy, e.server, min(e."at") as down_at
    from events e, asked
    where e.node = asked.node and e."at" >= asked.began_at and e.kind = 'switch' and contains(e.message, ' is DOWN')
    group by e.proxy, e.server
)
select s.proxy, s.server, s.state, s.cause, epoch_us(s.from_at) as from_us, epoch_us(s.to_at) as to_us,
    epoch_us(said.down_at) as down_us
from states s join asked on s.node = asked.node
left join said on said.proxy = s.proxy and said.server = s.server
where s.to_at is null or s.to_at > asked.began_at
order by s.proxy, s.server, s.from_at;
