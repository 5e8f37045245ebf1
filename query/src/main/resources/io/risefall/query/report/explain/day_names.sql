-- Which servers have a day, and on which node? Parameters: zone, day.
select node, proxy || '/' || server as name
from server_day_in(?)
where day = cast(? as date)
order by name, node;
