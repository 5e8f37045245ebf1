-- How many messages did each channel take?
select channel, count(*) filter (state = 'sent') as value
from store.notifications
where channel is not null
group by channel order by channel
