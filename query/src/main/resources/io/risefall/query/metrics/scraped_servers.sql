-- How is each server? Six families show a part of this: it is worked out once for all of them.
create temp table scraped_servers as
select node, proxy, server, state, certain, flapping from servers;
