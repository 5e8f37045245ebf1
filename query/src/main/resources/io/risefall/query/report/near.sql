-- How far apart may nodes begin to see one outage? As with incidents: 10 s, or three times the longest time between two checks.
select proxy, least(600000, greatest(10000, 3 * interval_ms)) as near_ms
from store.check_intervals
where proxy in (select unnest(?));
