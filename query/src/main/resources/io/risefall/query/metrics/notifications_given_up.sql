-- How many messages were tried for too long, by channel?
select channel, count(*) filter (state = 'given_up') as value
from store.notifications
where channel is not null
group by channel order by channel
