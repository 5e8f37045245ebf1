-- Which silences hold at a moment?
select silence_id, proxy, server, node, epoch_us(until_at) as until_us, why, author
from alert_silences
where from_at <= make_timestamptz(?) and until_at > make_timestamptz(?)
order by until_at desc, silence_id;
