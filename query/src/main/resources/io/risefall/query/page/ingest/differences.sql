-- Where did HAProxy tell another state than its log shows? The latest first. Parameter: how many.
select epoch_us("at") as at_us, node, proxy, server, told, recorded, epoch_us(recorded_since) as since_us
from differences order by "at" desc, node, proxy, server limit ?
