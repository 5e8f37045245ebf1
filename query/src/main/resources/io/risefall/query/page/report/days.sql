-- On which days did incidents begin, and how many? Parameters: the zone of the days, begin and end of the time, and its begin again.
select (started_at at time zone ?)::date::varchar as day, count(*) as incidents, sum(outages)::bigint as outages,
    max(duration_ms) as longest_ms
from incidents_between(make_timestamptz(?), make_timestamptz(?))
where started_at >= make_timestamptz(?)
group by day
order by day desc;
