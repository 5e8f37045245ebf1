-- Which messages has nobody looked at yet?
select alert_id, sequence, epoch_us("at") as at_us, transition, title, message
from store.alert_messages
order by "at", alert_id, sequence;
