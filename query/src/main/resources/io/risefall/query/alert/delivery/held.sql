-- What did quiet hours keep back that are over?
select h.delivery_id, h.alert_id, h.sequence, h.channel, h.route, h.transition, h.title, h.message,
    exists (
        select 1 from store.notifications s
        where s.alert_id = h.alert_id and s.channel = h.channel and s.state in ('sent', 'due', 'summarised', 'given_up')) as told
from store.notifications h
where h.state = 'held' and exists (
    select 1 from store.notifications d
    where d.state = 'held' and d.channel = h.channel and d.due_at <= make_timestamptz(?))
order by h.channel, h."at", h.alert_id, h.sequence;
