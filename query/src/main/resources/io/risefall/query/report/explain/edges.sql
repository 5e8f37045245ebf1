-- When does a day begin and end, as far as it has passed? In milliseconds. Parameters: day, zone.
with asked as (
    select cast(? as date)::timestamp as day, ? as zone
)
select epoch_ms(day at time zone zone) as from_ms,
    least(epoch_ms((day + interval 1 day) at time zone zone), epoch_ms(now())) as to_ms
from asked;
