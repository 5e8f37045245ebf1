-- Which silences hold, or have ended since a moment?
select silence_id, node, proxy, server, epoch_us(from_at) as from_us, epoch_us(until_at) as until_us, why, author
from alert_silences
where until_at > make_timestamptz(?) and from_at < until_at
order by from_at desc, proxy, server, silence_id;
