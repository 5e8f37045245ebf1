-- To whom does an alert go since it opened last, by which route, and did quiet hours keep all of it back? What tells of its end once
-- more goes where its end went.
select channel, arg_max(route, sequence) as route, bool_or(state <> 'held') as heard
from store.notifications
where alert_id = ? and channel is not null and transition <> 'closed' and state in ('due', 'sent', 'held', 'summarised', 'given_up')
    and sequence > coalesce((
        select max(sequence) from store.notifications
        where alert_id = ? and transition = 'closed' and sequence < (
            select max(sequence) from store.notifications where alert_id = ? and transition <> 'closed')), 0)
group by channel
order by channel;
