-- How many messages wait for each channel?
select channel, count(*) filter (state in ('due', 'held')) as value
from store.notifications
where channel is not null
group by channel order by channel
