-- How many lines said that a server went DOWN or came UP, copies included? Parameters: start, end.
select count(*) filter (where up is false) as downs, count(*) filter (where up) as ups
from store.events where "at" >= make_timestamptz($1) and "at" < make_timestamptz($2);
