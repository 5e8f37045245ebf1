-- When did the first outage that touches the period begin? Parameters: start, end.
select epoch_us(coalesce(min(started_at), make_timestamptz($1))) as first_us
from store.own_outages
where started_at < make_timestamptz($2) and (ended_at is null or ended_at > make_timestamptz($1));
