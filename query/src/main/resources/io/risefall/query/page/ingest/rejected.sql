-- Why could health lines not be read?
select source, why, count(*) as lines, epoch_us(max(received_at)) as last_us, arg_max(line, received_at) as example
from rejected
group by source, why
order by last_us desc, source, why
limit ?::bigint;
