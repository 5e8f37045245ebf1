-- When does a day begin and end, as far as it has passed, in milliseconds, and until when does the log tell? Parameters: day,
-- zone, node.
with asked as (
    select cast(? as date)::timestamp as day, ? as zone, ? as node
)
select epoch_ms(day at time zone zone) as from_ms,
    least(epoch_ms((day + interval 1 day) at time zone zone), epoch_ms(now())) as to_ms, epoch_us(known.until_at) as known_us
from asked left join store.node_known known on known.node = asked.node;
