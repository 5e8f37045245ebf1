-- Which servers had no line, when the period ended, since Risefall was away?
with period as (
    select make_timestamptz(?) as from_at, make_timestamptz(?) as to_at
), doubtful as (
    select d.* from doubts d join period p on d.from_at < p.to_at and (d.to_at is null or d.to_at >= p.to_at)
), theirs as (
    select s.* from store.own_states s semi join doubtful d on d.node = s.node and d.proxy = s.proxy and d.server = s.server
)
select d.node, d.proxy, d.server, s.state, epoch_us(d.from_at) as from_us, epoch_us(d.away_until) as until_us
from doubtful d cross join period p
join store.state_times_of('theirs') s on s.node = d.node and s.proxy = d.proxy and s.server = d.server and s.from_at < p.to_at
    and (s.to_at is null or s.to_at >= p.to_at)
order by s.state <> 'down', d.node, d.proxy, d.server;
